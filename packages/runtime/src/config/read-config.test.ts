import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { ConfigError } from './config-error.ts'
import { optional } from './field.ts'
import { duration, flag, int, port } from './numbers.ts'
import { type ConfigSpec, readConfig } from './read-config.ts'
import { oneOf, secret, text, url } from './texts.ts'

const spec = {
  httpPort: port('CORDON_HTTP_PORT', 8080),
  databaseUrl: optional(url('CORDON_DATABASE_URL', { protocols: ['postgres', 'postgresql'] })),
  logLevel: oneOf('CORDON_LOG_LEVEL', ['debug', 'info'], 'info'),
  adminToken: secret('CORDON_ADMIN_TOKEN', { minLength: 32 }),
  batch: int('CORDON_BATCH', { min: 1, max: 1_000, fallback: 500 }),
  grace: duration('CORDON_GRACE', { minMs: 1_000, maxMs: 60_000, fallbackMs: 5_000 }),
  demo: flag('CORDON_DEMO', true),
  site: text('CORDON_SITE', { maxLength: 10, fallback: 'county' }),
}

const token = 'x'.repeat(32)

function faultsOf(wrong: ConfigSpec, env: Record<string, string>): ConfigError {
  try {
    readConfig(wrong, env)
  } catch (error) {
    if (error instanceof ConfigError) return error
  }
  throw new Error('the environment was accepted')
}

describe('readConfig', () => {
  it('gives fallbacks for what is absent or empty, undefined for what is optional', () => {
    const config = readConfig(spec, { CORDON_ADMIN_TOKEN: token, CORDON_HTTP_PORT: '' })
    expect(config).toEqual({
      ...{ httpPort: 8080, databaseUrl: undefined, logLevel: 'info', adminToken: token },
      ...{ batch: 500, grace: 5_000, demo: true, site: 'county' },
    })
    expectTypeOf(config.httpPort).toEqualTypeOf<number>()
    expectTypeOf(config.databaseUrl).toEqualTypeOf<string | undefined>()
    expectTypeOf(config.logLevel).toEqualTypeOf<'debug' | 'info'>()
  })

  it('turns each kind of text into its value', () => {
    const config = readConfig(spec, {
      ...{ CORDON_HTTP_PORT: '0', CORDON_DATABASE_URL: 'postgres://a:b@h:5432/d', CORDON_LOG_LEVEL: 'debug' },
      ...{
        CORDON_ADMIN_TOKEN: token,
        CORDON_BATCH: '1000',
        CORDON_GRACE: '1m',
        CORDON_DEMO: 'No',
        CORDON_SITE: 'ten chars.',
      },
    })
    expect(config).toMatchObject({ httpPort: 0, databaseUrl: 'postgres://a:b@h:5432/d', logLevel: 'debug' })
    expect(config).toMatchObject({ batch: 1_000, grace: 60_000, demo: false, site: 'ten chars.' })
  })

  it('reports every fault at once, by variable, with what is allowed and what was found', () => {
    const error = faultsOf(spec, {
      ...{ CORDON_HTTP_PORT: '65536', CORDON_DATABASE_URL: 'mysql://u:hunter2@h/d', CORDON_LOG_LEVEL: 'loud' },
      ...{ CORDON_BATCH: '1e2', CORDON_GRACE: '5', CORDON_DEMO: 'perhaps', CORDON_SITE: 'eleven char' },
    })
    expect(error.code).toBe('invalid-config')
    expect(error.message).toMatchInlineSnapshot(`
      "8 settings cannot be used:
        CORDON_HTTP_PORT: expected a whole number from 0 to 65535; found "65536"
        CORDON_DATABASE_URL: expected an address that starts with postgres:// or postgresql://, of at most 2048 characters; found "mysql://[redacted]@h/d"
        CORDON_LOG_LEVEL: expected one of debug, info; found "loud"
        CORDON_ADMIN_TOKEN: expected a secret of 32 to 1024 characters; found nothing
        CORDON_BATCH: expected a whole number from 1 to 1000; found "1e2"
        CORDON_GRACE: expected a time such as 250ms, 30s, 15m, 2h or 7d, from 1000ms to 60000ms; found "5"
        CORDON_DEMO: expected true or false (yes, no, 1, 0); found "perhaps"
        CORDON_SITE: expected a text of 1 to 10 characters; found "eleven char""
    `)
  })

  it('never prints a secret, and never a password in an address, however broken', () => {
    const wrong = { token: secret('T', { minLength: 32 }), broker: url('B', { protocols: ['mqtt'] }) }
    for (const address of [
      'http://u:hunter2@h',
      'u:hunter2@h',
      'mqtts://u:p@hunter2@h',
      'mqtt://u:hunter2@h:99999999',
    ]) {
      expect(faultsOf(wrong, { T: 'hunter2', B: address }).message).not.toContain('hunter2')
    }
  })

  it('cuts a long value instead of filling the terminal with it', () => {
    expect(faultsOf({ p: port('P') }, { P: 'y'.repeat(100_000) }).message.length).toBeLessThan(300)
  })

  it.each(['-1', '80.5', '0x50', ' 80', '８０', '1e3', 'NaN', '99999999999999999999'])(
    'refuses %j as a port',
    found => {
      expect(faultsOf({ p: port('P') }, { P: found }).faults).toHaveLength(1)
    },
  )

  it('does not take words of Object.prototype for flags', () => {
    expect(faultsOf({ f: flag('F') }, { F: 'constructor' }).faults).toHaveLength(1)
  })

  it('reads a secret from the file that its _FILE variable names, and refuses both at once', () => {
    const dir = mkdtempSync(join(tmpdir(), 'cordon-config-'))
    const path = join(dir, 'token')
    writeFileSync(path, `${token}\n`)
    const wanted = { token: secret('T', { minLength: 32 }) }
    expect(readConfig(wanted, { T_FILE: path }).token).toBe(token)
    expect(faultsOf(wanted, { T_FILE: path, T: token }).faults[0]?.found).toBe('both T and T_FILE')
    expect(faultsOf(wanted, { T_FILE: join(dir, 'none') }).message).toContain('ENOENT')
    rmSync(dir, { recursive: true })
  })
})
