import { readFileSync } from 'node:fs'
import { ConfigError, type ConfigFault } from './config-error.ts'
import type { Field } from './field.ts'

export type Environment = Readonly<Record<string, string | undefined>>

// `never` would lose the value's type on the way back, `unknown` would refuse a Field<number>: its functions only produce T.
export type ConfigSpec = Readonly<Record<string, Field<unknown>>>

/** What a spec reads: `{ port: Field<number> }` gives `{ readonly port: number }`. */
export type Config<Spec extends ConfigSpec> = {
  readonly [Key in keyof Spec]: Spec[Key] extends Field<infer T> ? T : never
}

type Reading = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: ConfigFault }

/**
 * Reads all settings of a process once. An empty variable counts as absent, because that is what compose files and unit
 * files leave behind for an unset one. Throws one `ConfigError` with every fault.
 */
export function readConfig<Spec extends ConfigSpec>(spec: Spec, env: Environment): Config<Spec> {
  const readings = Object.entries(spec).map(([key, field]) => ({ key, reading: readField(field, env) }))
  const faults = readings.flatMap(({ reading }) => (reading.ok ? [] : [reading.fault]))
  if (faults.length > 0) throw new ConfigError(faults)
  // The type follows the spec key by key, which Object.fromEntries cannot express.
  return Object.fromEntries(
    readings.map(({ key, reading }) => [key, reading.ok ? reading.value : undefined]),
  ) as Config<Spec>
}

function readField(field: Field<unknown>, env: Environment): Reading {
  const { variable, allowed, absent } = field
  const source = findText(field, env)
  if (source.kind === 'fault') return { ok: false, fault: { variable, allowed, found: source.found } }
  if (source.kind === 'absent') {
    return absent.kind === 'value'
      ? { ok: true, value: absent.value }
      : { ok: false, fault: { variable, allowed, found: 'nothing' } }
  }
  const parsed = field.parse(source.text)
  return parsed.ok ? parsed : { ok: false, fault: { variable, allowed, found: field.show(source.text) } }
}

type Source =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'fault'; readonly found: string }

function findText(field: Field<unknown>, env: Environment): Source {
  const direct = env[field.variable] ?? ''
  const file = field.fromFile ? (env[`${field.variable}_FILE`] ?? '') : ''
  if (direct !== '' && file !== '') return { kind: 'fault', found: `both ${field.variable} and ${field.variable}_FILE` }
  if (file !== '') return readSecretFile(file)
  return direct === '' ? { kind: 'absent' } : { kind: 'text', text: direct }
}

/** Editors end a file with a newline that is not part of the secret. */
function readSecretFile(path: string): Source {
  try {
    return { kind: 'text', text: readFileSync(path, 'utf8').replace(/\r?\n$/, '') }
  } catch (error) {
    return {
      kind: 'fault',
      found: `a file that cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    }
  }
}
