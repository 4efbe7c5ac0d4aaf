import { asId } from '@cordon/contract'
import { aBatch, aFix, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ActivationFix } from './batch.ts'
import { writeBatch } from './write-batch.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** Few values, so that identities meet: the same fix always says the same. */
const anyFix = fc
  .record({
    activation: fc.integer({ min: 1, max: 4 }),
    minute: fc.integer({ min: 0, max: 5 }),
    seq: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ activation, minute, seq }): ActivationFix => {
    const measuredAt = Date.UTC(2026, 10, 22) + minute * 60_000
    const lon = activation + minute / 10 + seq / 100
    return {
      activationId: asId(String(activation)),
      fix: aFix({ measuredAt, seq, lon, accuracyM: minute === 0 ? null : minute }),
    }
  })

/** How often each fix is delivered, in which order, and cut into which batches. */
const deliveries = fc.array(anyFix, { minLength: 1, maxLength: 30 }).chain(fixes =>
  fc.record({
    fixes: fc.constant(fixes),
    again: fc.array(fc.nat({ max: fixes.length - 1 }), { maxLength: 20 }),
    order: fc.infiniteStream(fc.nat()),
    sizes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 20 }),
  }),
)

const identity = ({ activationId, fix }: ActivationFix) => `${activationId}/${fix.measuredAt}/${fix.seq}`

function cut(fixes: readonly ActivationFix[], sizes: readonly number[]): ActivationFix[][] {
  const batches: ActivationFix[][] = []
  for (let from = 0, index = 0; from < fixes.length; index++) {
    const size = sizes[index % sizes.length] ?? 1
    batches.push(fixes.slice(from, from + size))
    from += size
  }
  return batches
}

describe('the fixes in the database', () => {
  it('are the same whatever was delivered twice, in which order, and in which batches', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, async ({ fixes, again, order, sizes }) => {
        await database.store.execute('truncate fixes')
        const delivered = [...fixes, ...again.flatMap(index => fixes[index] ?? [])]
          .map(fix => ({ fix, key: order.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ fix }) => fix)
        let newFixes = 0
        for (const batch of cut(delivered, sizes))
          newFixes += (await writeBatch(database.store, aBatch({ fixes: batch }))).newFixes
        const expected = [...new Map(fixes.map(fix => [identity(fix), fix])).values()]
        const rows = await database.store.query<Record<string, unknown>>('select * from fixes')
        expect(newFixes).toBe(expected.length)
        expect(rows.map(toComparable).sort()).toEqual(
          expected
            .map(({ activationId, fix }) =>
              [activationId, fix.measuredAt, String(fix.seq), fix.lon, fix.accuracyM].join(),
            )
            .sort(),
        )
      }),
      { numRuns: 40 },
    )
  })
})

const toComparable = (row: Record<string, unknown>) =>
  [row.activation_id, row.measured_at, row.seq, row.lon, row.accuracy_m].join()
