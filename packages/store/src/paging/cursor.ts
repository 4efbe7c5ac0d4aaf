import { createError } from '@cordon/runtime'

/** The types that a list can be ordered by, each with what its text form may look like in a cursor. */
const KEY_PATTERNS = {
  bigint: /^-?\d{1,19}$/,
  timestamptz: /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/,
  text: /^[^\0]{0,200}$/s,
} as const
export type KeyType = keyof typeof KEY_PATTERNS

/** A cursor is the list's name and the keys of the last row given out, as PostgreSQL writes them: exact to the microsecond. */
export function encodeCursor(list: string, keys: readonly string[]): string {
  return Buffer.from(JSON.stringify([list, ...keys])).toString('base64url')
}

/** The keys of a cursor that `encodeCursor` made for this list. Throws `cursor-invalid` for anything else. */
export function decodeCursor(cursor: string, list: string, types: readonly KeyType[]): readonly string[] {
  const [name, ...keys] = parse(cursor)
  const fits = name === list && keys.length === types.length && types.every((type, i) => isKey(keys[i], type))
  if (!fits) throw createError('cursor-invalid', 'the cursor was not given out by this list', { field: 'cursor' })
  return keys as readonly string[]
}

function isKey(value: unknown, type: KeyType): boolean {
  return typeof value === 'string' && KEY_PATTERNS[type].test(value)
}

function parse(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
