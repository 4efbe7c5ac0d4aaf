import { createError } from '@cordon/runtime'

/** A service's last word, when it is that a port it should listen on is taken; else undefined. */
export function readPortInUse(line: string): Error | undefined {
  if (!line.includes('"port-in-use"')) return undefined
  try {
    return findIn(JSON.parse(line))
  } catch {
    // Somebody else's line that holds these words.
    return undefined
  }
}

function findIn(value: unknown): Error | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if ('code' in value && value.code === 'port-in-use' && 'message' in value) {
    return createError('port-in-use', String(value.message))
  }
  return findIn('err' in value ? value.err : 'cause' in value ? value.cause : undefined)
}
