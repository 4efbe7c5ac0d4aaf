import { type ActivationId, asId } from '@cordon/contract'
import { aBatch, aFix, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ActivationFix } from '../write/batch.ts'
import { writeBatch } from '../write/write-batch.ts'
import { type ReplayStart, readFixesAfter } from './read-fixes-after.ts'
import { readWatchStates } from './read-watch-states.ts'

let database: TestDatabase
const now = Date.UTC(2026, 10, 22, 12)
const minute = (n: number) => now - 600 * 60_000 + n * 60_000
const idOf = (n: number) => asId<ActivationId>(String(n))

beforeAll(async () => {
  database = await createTestDatabase()
  const fixes: ActivationFix[] = []
  for (let activation = 1; activation <= 7; activation++)
    for (let n = 0; n < activation * 3; n++)
      fixes.push({
        activationId: idOf(activation),
        fix: aFix({ measuredAt: minute(Math.floor(n / 2)), seq: n % 2, battery: n }),
      })
  fixes.push({ activationId: idOf(1), fix: aFix({ measuredAt: now - 80 * 3_600_000 }) })
  await writeBatch(database.store, aBatch({ fixes: fixes.reverse() }))
})
afterAll(() => database.drop())

async function replay(starts: readonly ReplayStart[], options = {}) {
  const chunks: (readonly ActivationFix[])[] = []
  for await (const chunk of readFixesAfter(database.store, starts, { now, ...options })) chunks.push(chunk)
  return chunks
}

const start = (activation: number, judgedThrough: number | null, from = 0): ReplayStart => ({
  activationId: idOf(activation),
  judgedThrough,
  from,
})
const batteriesOf = (chunks: readonly (readonly ActivationFix[])[], activation: number) =>
  chunks
    .flat()
    .filter(({ activationId }) => activationId === idOf(activation))
    .map(({ fix }) => fix.battery)
const upTo = (n: number, from = 0) => Array.from({ length: n - from }, (_, index) => from + index)

describe('fixes to judge again', () => {
  it.each([
    [1, 1],
    [2, 3],
    [3, 2],
    [250, 100],
  ])(
    'come in measured order, %i activations and %i fixes at once, in bounded chunks',
    async (activationsAtOnce, fixesAtOnce) => {
      const starts = [start(2, null), start(5, minute(2)), start(7, null), start(6, minute(500)), start(99, null)]
      const chunks = await replay(starts, { activationsAtOnce, fixesAtOnce })
      for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(activationsAtOnce * fixesAtOnce)
      expect(batteriesOf(chunks, 2)).toEqual(upTo(6))
      expect(batteriesOf(chunks, 5)).toEqual(upTo(15, 4)) // from minute 2 on: one of its two fixes may not have been judged
      expect(batteriesOf(chunks, 7)).toEqual(upTo(21))
      expect(chunks.flat()).toHaveLength(6 + 11 + 21)
    },
  )

  it('are as they were written', async () => {
    const [chunk] = await replay([start(1, minute(1))])
    expect(chunk).toEqual([{ activationId: idOf(1), fix: aFix({ measuredAt: minute(1), seq: 0, battery: 2 }) }])
  })

  it('go back to the beginning of the activation, but not beyond the horizon', async () => {
    expect(batteriesOf(await replay([start(1, null)]), 1)).toEqual([0, 1, 2])
    expect(batteriesOf(await replay([start(1, null)], { horizonMs: 100 * 3_600_000 }), 1)).toEqual([83, 0, 1, 2])
    expect(batteriesOf(await replay([start(1, null, minute(1))]), 1)).toEqual([2])
  })
})

describe('watch states', () => {
  it('come in pages, each once, as the engine gave them', async () => {
    const states = upTo(25, 1).map(n => ({
      activationId: idOf(n),
      judgedThrough: n % 5 === 0 ? null : minute(n),
      state: { n, list: [n, null] },
    }))
    await writeBatch(database.store, aBatch({ watchStates: states }))
    const pages = []
    for await (const page of readWatchStates(database.store, 6)) pages.push(page)
    expect(pages.map(page => page.length)).toEqual([6, 6, 6, 6])
    expect(pages.flat()).toEqual(states)
  })
})
