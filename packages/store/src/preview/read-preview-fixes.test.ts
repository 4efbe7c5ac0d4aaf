import { type ActivationId, asId, type Fix } from '@cordon/contract'
import { aBatch, aFix, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeBatch } from '../write/write-batch.ts'
import { type Near, type PreviewQuestion, type PreviewTrack, readPreviewFixes } from './read-preview-fixes.ts'

const start = Date.UTC(2026, 10, 1)
const HOUR = 3_600_000
const DAY = 24 * HOUR
const idOf = (n: number) => asId<ActivationId>(String(n))
const near: Near = { after: { fixes: 0, ms: 0 }, box: { west: 0, south: 50, east: 0.01, north: 50.01 } }

/** Hourly position of activation 1: far for a day, past the box within the hours 30 to 31, far again; 2 is inside, 3 never near. */
const positions: Readonly<Record<number, (hour: number) => readonly [number, number]>> = {
  1: hour => [hour < 31 ? -0.5 : 0.5, 50.005],
  2: () => [0.005, 50.005],
  3: hour => [1 + hour / 100, 51],
}

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  const fixes = [1, 2, 3].flatMap(activation =>
    Array.from({ length: 48 * 4 }, (_, n) => {
      const [lon, lat] = positions[activation]?.(Math.floor(n / 4)) ?? [0, 0]
      const measuredAt = start + n * 15 * 60_000
      return { activationId: idOf(activation), fix: aFix({ measuredAt, seq: n % 3, lon, lat, accuracyM: null }) }
    }),
  )
  const [first, ...others] = fixes
  if (first === undefined) throw new Error('there are fixes')
  const same = { ...first, fix: { ...first.fix, seq: 7, lon: -0.1 - 0.2 } }
  await writeBatch(database.store, aBatch({ fixes: [...others.reverse(), same, first] }))
})
afterAll(() => database.drop())

async function read(question: PreviewQuestion): Promise<ReadonlyMap<ActivationId, PreviewTrack>> {
  const tracks: PreviewTrack[] = []
  for await (const some of readPreviewFixes(database.store, question)) tracks.push(...some)
  return new Map(tracks.map(track => [track.activationId, track]))
}

const all = [1, 2, 3].map(n => ({ activationId: idOf(n), from: start, to: start + 2 * DAY }))

describe('the fixes for a preview', () => {
  it('are all of the ranges, to the bit, in the order of measurement and sequence', async () => {
    const ranges = [
      { activationId: idOf(1), from: start, to: start + HOUR },
      { activationId: idOf(1), from: start + DAY, to: start + DAY + 1 },
      { activationId: idOf(2), from: start + 1, to: start + HOUR },
      { activationId: idOf(99), from: start, to: start + DAY },
    ]
    const tracks = await read({ ranges, keep: 'all' })
    expect([...tracks.keys()].sort()).toEqual([idOf(1), idOf(2)])
    const quarter = start / 900_000
    const one = tracks.get(idOf(1))
    expect(one).toMatchObject({ fixes: 6, quarters: new Set([0, 1, 2, 3, 96].map(n => quarter + n)) })
    const fix: Fix = aFix({ measuredAt: start })
    expect(one?.columns.measuredAt).toEqual(
      Float64Array.from([0, 0, 15, 30, 45, 24 * 60], minutes => start + minutes * 60_000),
    )
    expect(one?.columns.seq).toEqual(Float64Array.of(0, 7, 1, 2, 0, 0))
    expect(one?.columns.lon[1]).toBe(-0.1 - 0.2)
    expect(one?.columns.accuracyM).toEqual(new Float64Array(6).fill(Number.NaN))
    expect(one?.columns.receivedAt[0]).toBe(fix.receivedAt)
    expect(tracks.get(idOf(2))).toMatchObject({ fixes: 3 })
  })

  it('may leave out the hours far from the box, not what passes it between two fixes, and are counted all the same', async () => {
    const whole = await read({ ranges: all, keep: 'all' })
    const some = await read({ ranges: all, keep: near })
    for (const [id, { fixes, quarters }] of whole) expect(some.get(id)).toMatchObject({ fixes, quarters })
    expect(some.get(idOf(3))?.columns.measuredAt).toHaveLength(0)
    expect(some.get(idOf(2))?.columns).toEqual(whole.get(idOf(2))?.columns)
    expect([...(some.get(idOf(1))?.columns.measuredAt ?? [])]).toEqual(
      Array.from({ length: 8 }, (_, n) => start + 30 * HOUR + n * 15 * 60_000),
    )
    expect(some.get(idOf(1))?.fixes).toBe(193)
  })

  it('are whole where every hour is near, and none where nothing is asked or stored', async () => {
    const inside = await read({ ranges: all.slice(1, 2), keep: near })
    expect(inside.get(idOf(2))?.columns.measuredAt).toHaveLength(192)
    expect(await read({ ranges: [], keep: near })).toEqual(new Map())
    const later = { activationId: idOf(1), from: start + 9 * DAY, to: start + 10 * DAY }
    expect(await read({ ranges: [later], keep: near })).toEqual(new Map())
  })
})
