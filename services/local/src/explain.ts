import { type CordonError, isCordonError, toError } from '@cordon/runtime'

/** For people: what went wrong, what to do about it, and the code to look it up by; no stack. */
export function explain(error: unknown): string {
  const root = rootOf(error)
  if (root === undefined) return toError(error).message
  const { code, message, entry } = root
  return `${message}\n\n${entry.whatToDo}\n(${code}: see docs/errors.md)`
}

/** `start-failed` only says which part it was, which its cause says as well: the innermost error of ours is the one to act on. */
function rootOf(error: unknown): CordonError | undefined {
  if (!isCordonError(error)) return undefined
  return rootOf(error.cause) ?? error
}
