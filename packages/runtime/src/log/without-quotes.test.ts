import { openSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { serialiseError } from './serialise-error.ts'

const thrownBy = (work: () => unknown): Error => {
  try {
    work()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('nothing was thrown')
}
const ofDatabase = (code: string, message: string) => Object.assign(new Error(message), { code, severity: 'ERROR' })

describe('an error in the log', () => {
  it.each([
    ['JSON that is none', thrownBy(() => JSON.parse('SENSITIVE'))],
    ['a number that is none', thrownBy(() => BigInt('SENSITIVE'))],
    ['an argument that Node refuses', thrownBy(() => openSync('/', 'SENSITIVE'))],
    ['a value that PostgreSQL cannot read', ofDatabase('22P02', 'invalid input syntax for type bigint: "SENSI"TIVE"')],
    ['what a trigger raised', ofDatabase('P0001', 'no place for SENSITIVE')],
    ['a value out of its range', ofDatabase('22003', 'value "SENSITIVE" is out of range for type integer')],
  ])('quotes nothing of %s, neither in its message nor in its stack', (_what, error) => {
    expect(JSON.stringify(serialiseError(error))).not.toMatch(/SENSI|TIVE/)
    expect(JSON.stringify(serialiseError(new Error('outer', { cause: error })))).not.toMatch(/SENSI|TIVE/)
  })

  it('keeps the names of the schema, by which a fault is found', () => {
    const unique = ofDatabase('23505', 'duplicate key value violates unique constraint "wearers_reference_key"')
    expect(serialiseError(unique).message).toContain('wearers_reference_key')
    expect(serialiseError(ofDatabase('42P01', 'relation "fixes" does not exist')).stack).toContain('"fixes"')
  })
})
