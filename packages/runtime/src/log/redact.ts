import { serialiseError } from './serialise-error.ts'

export const CENSORED = '[redacted]'

/**
 * Keys whose value never reaches a log, wherever they stand: what identifies or locates a person, and what opens a door.
 * Compared in lower case without `_` and `-`. A log line that needs to say which part or check it means uses another key.
 */
const WITHHELD_KEYS = [
  ...['name', 'firstname', 'lastname', 'fullname', 'displayname', 'reference', 'references', 'crn', 'nomis', 'pnc'],
  ...['address', 'postcode', 'phone', 'email', 'dateofbirth', 'note', 'notes'],
  ...[
    'lat',
    'lon',
    'lng',
    'latitude',
    'longitude',
    'coordinates',
    'geometry',
    'center',
    'bbox',
    'position',
    'positions',
  ],
  ...['password', 'passphrase', 'token', 'secret', 'authorization', 'cookie', 'setcookie', 'apikey', 'credentials'],
  ...['payload', 'body', 'raw'],
] as const

const withheld = new Set<string>(WITHHELD_KEYS)
const SECRET_ENDINGS = ['password', 'token', 'secret', 'cookie']

/** For pino's own redaction, which is the one that also sees a child logger's bindings. */
export const withheldPaths: string[] = WITHHELD_KEYS.flatMap(key => [key, `*.${key}`])

const MAX_DEPTH = 8

/** A copy of what is to be logged, without anything withheld. Errors keep their allowed fields; deep structures are cut. */
function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'string') return redactAddress(value)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (value instanceof Error) return serialiseError(value)
  if (value instanceof URL) return redactAddress(value.href)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (depth >= MAX_DEPTH) return '[deeper]'
  if (Array.isArray(value)) return value.map(item => redact(item, depth + 1))
  return redactRecord(value, depth)
}

/** The top level of a log line. */
export function redactRecord(record: object, depth = 0): Record<string, unknown> {
  const entries = Object.entries(record)
  return Object.fromEntries(entries.map(([key, value]) => [key, isWithheld(key) ? CENSORED : redact(value, depth + 1)]))
}

/** postgres://user:password@host keeps its host only. */
function redactAddress(value: string): string {
  return value.includes('://') ? value.replace(/:\/\/[^/\s]*@/g, `://${CENSORED}@`) : value
}

function isWithheld(key: string): boolean {
  const plain = key.toLowerCase().replace(/[_-]/g, '')
  return withheld.has(plain) || SECRET_ENDINGS.some(ending => plain.endsWith(ending))
}
