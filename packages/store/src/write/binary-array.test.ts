import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeColumn, float4, float8, id, int2, int8, timestamptz } from './binary-array.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const orNull = <T>(values: fc.Arbitrary<T>) => fc.array(fc.option(values), { maxLength: 20 })
const safe = fc.maxSafeInteger()
const self = <T>(value: T): T => value

/** What PostgreSQL understands, by way of its text. */
async function readBack(type: string, column: Buffer): Promise<readonly (string | null)[]> {
  const rows = await database.store.query<{ value: string | null }>(
    `select value::text from unnest($1::${type}[]) with ordinality as row (value, place) order by place`,
    [column],
  )
  return rows.map(({ value }) => value)
}

const numbers = (texts: readonly (string | null)[]) => texts.map(text => (text === null ? null : Number(text)))

describe('a binary column', () => {
  it('is read by PostgreSQL as it was meant, whole numbers to the last digit', async () => {
    const ids = fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String), { maxLength: 20 })
    const columns = fc.tuple(orNull(safe), ids, orNull(fc.integer({ min: -32_768, max: 32_767 })))
    await fc.assert(
      fc.asyncProperty(columns, async ([wholes, decimals, smalls]) => {
        expect(numbers(await readBack('bigint', encodeColumn(wholes, int8(self))))).toEqual(wholes.map(noMinusZero))
        expect(await readBack('bigint', encodeColumn(decimals, id(self)))).toEqual(decimals)
        expect(numbers(await readBack('int2', encodeColumn(smalls, int2(self))))).toEqual(smalls.map(noMinusZero))
      }),
      { numRuns: 50 },
    )
  })

  it('keeps every bit of a double, rounds to the nearest float, and is exact in milliseconds from 1900 to 2200', async () => {
    const anyDouble = fc.double({ noDefaultInfinity: true, noNaN: true })
    const instants = fc.integer({ min: Date.UTC(1900), max: Date.UTC(2200) })
    await fc.assert(
      fc.asyncProperty(
        orNull(anyDouble),
        orNull(fc.float({ noNaN: true })),
        orNull(instants),
        async (doubles, floats, times) => {
          expect(numbers(await readBack('float8', encodeColumn(doubles, float8(self))))).toEqual(doubles)
          const rounded = numbers(await readBack('float4', encodeColumn(floats, float4(self))))
          expect(rounded.map(value => value && Math.fround(value))).toEqual(floats)
          const rows = await database.store.query<{ at: number | null }>('select unnest($1::timestamptz[]) as at', [
            encodeColumn(times, timestamptz(self)),
          ])
          expect(rows.map(({ at }) => at)).toEqual(times.map(noMinusZero))
        },
      ),
      { numRuns: 50 },
    )
  })
})

const noMinusZero = (value: number | null) => (value === 0 ? 0 : value)
