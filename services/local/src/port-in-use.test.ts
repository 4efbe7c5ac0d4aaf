import { createError, createLogger } from '@cordon/runtime'
import { describe, expect, it } from 'vitest'
import { readPortInUse } from './port-in-use.ts'

/** The line that a service writes. */
function lineOf(err: Error): string {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  createLogger({ name: 'gateway', level: 'info', destination }).fatal({ err }, 'the process did not start')
  return lines.join('')
}

describe('readPortInUse', () => {
  it('finds it among the causes of what a service writes when it cannot start', () => {
    const cause = createError('port-in-use', 'port 8080 on 127.0.0.1 is in use')
    const line = lineOf(createError('start-failed', `http did not start: ${cause.message}`, { cause }))
    expect(readPortInUse(line)).toMatchObject({ code: 'port-in-use', message: 'port 8080 on 127.0.0.1 is in use' })
    expect(readPortInUse(lineOf(cause))).toMatchObject({ code: 'port-in-use' })
  })

  it('takes nothing else for it', () => {
    expect(readPortInUse(lineOf(createError('database-unavailable', 'no port-in-use')))).toBeUndefined()
    expect(readPortInUse('see "port-in-use" in docs/errors.md')).toBeUndefined()
    expect(readPortInUse('{"code":"port-in-use"}')).toBeUndefined()
  })
})
