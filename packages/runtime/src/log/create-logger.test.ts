import { describe, expect, it } from 'vitest'
import { createError } from '../errors/cordon-error.ts'
import { createLogger, type Logger } from './create-logger.ts'

function linesOf(write: (log: Logger) => void): { text: string; lines: Record<string, unknown>[] } {
  const written: string[] = []
  write(createLogger({ name: 'ingest', level: 'info', destination: { write: line => void written.push(line) } }))
  return { text: written.join(''), lines: written.map(line => JSON.parse(line)) }
}

describe('createLogger', () => {
  it('writes one JSON object per line with ISO time, level in words and the service', () => {
    const { lines } = linesOf(log => log.info({ fixes: 3 }, 'stored'))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ level: 'info', service: 'ingest', fixes: 3, msg: 'stored' })
    expect(lines[0]?.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })

  it('is silent below its level', () => {
    expect(linesOf(log => log.debug('no')).text).toBe('')
  })

  it.each([
    ['name', 'reference', 'lat', 'lon', 'latitude', 'longitude', 'coordinates'],
    ['password', 'token', 'authorization', 'cookie', 'set-cookie', 'api_key', 'adminToken', 'X-Access-Token'],
    ['payload', 'body', 'Name', 'LATITUDE'],
  ])('withholds %s, %s, %s, %s … at every depth', (...keys) => {
    for (const key of keys) {
      const marked = { [key]: 'SENSITIVE' }
      const { text } = linesOf(log => {
        log.info(marked)
        log.info({ wearer: { order: { list: [marked, { inner: [[marked]] }] } } })
      })
      expect(text).not.toContain('SENSITIVE')
      expect(text.match(/\[redacted\]/g)).toHaveLength(3)
    }
  })

  it('withholds in the bindings of a child logger', () => {
    const { text } = linesOf(log => log.child({ lat: 'SENSITIVE', tag: { password: 'SENSITIVE', id: 'A1' } }).info('x'))
    expect(text).toContain('A1')
    expect(text).not.toContain('SENSITIVE')
  })

  it('withholds the password of an address under any key', () => {
    const { text } = linesOf(log =>
      log.info({ url: 'postgres://u:SENSITIVE@h/d', also: new URL('mqtt://u:SENSITIVE@h') }),
    )
    expect(text).not.toContain('SENSITIVE')
    expect(text).toContain('postgres://[redacted]@h/d')
  })

  it('writes an error with its chain of causes', () => {
    const cause = Object.assign(new Error('socket hang up', { cause: 'cable' }), { code: 'ECONNRESET', port: 5432 })
    const { lines } = linesOf(log =>
      log.error({ err: createError('database-unavailable', 'no answer', { cause }) }, 'failed'),
    )
    expect(lines[0]?.err).toMatchObject({
      ...{ type: 'CordonError', code: 'database-unavailable', message: 'no answer' },
      cause: { message: 'socket hang up', code: 'ECONNRESET', port: 5432, cause: { type: 'string', message: 'cable' } },
    })
    expect(lines[0]?.err).toHaveProperty('stack')
  })

  it('writes an error given alone, and the errors of an AggregateError', () => {
    const { lines } = linesOf(log => log.error(new AggregateError([new Error('one'), new Error('two')], 'both')))
    expect(lines[0]).toMatchObject({ msg: 'both', err: { errors: [{ message: 'one' }, { message: 'two' }] } })
  })

  it('leaves out the fields of a database error in which rows are quoted', () => {
    const error = Object.assign(new Error('duplicate key'), {
      detail: 'Key (reference)=(SENSITIVE)',
      constraint: 'wearers_key',
    })
    const { text } = linesOf(log => log.error({ err: error, list: [error] }))
    expect(text).not.toContain('SENSITIVE')
    expect(text).toContain('wearers_key')
  })

  it('survives cycles, bytes and big integers', () => {
    const cycle: Record<string, unknown> = { id: 2n ** 63n, bytes: Buffer.from('SENSITIVE') }
    cycle.self = cycle
    const { text } = linesOf(log => log.info(cycle))
    expect(text).toContain('9223372036854775808')
    expect(text).toContain('[9 bytes]')
    expect(text).not.toContain('SENSITIVE')
  })
})
