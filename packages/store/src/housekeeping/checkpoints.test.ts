import type { ActivationId } from '@cordon/contract'
import { aBatch, aMonitoredWearer, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readCheckpoints } from '../recovery/read-checkpoints.ts'
import { writeBatch } from '../write/write-batch.ts'
import { thinCheckpoints } from './thin-checkpoints.ts'

let database: TestDatabase
let activationId: ActivationId
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  activationId = (await aMonitoredWearer(database.store)).activationId
})
afterAll(() => database.drop())

const now = Date.UTC(2026, 10, 22, 12, 30)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const put = (id: ActivationId, ...times: readonly number[]) =>
  writeBatch(
    database.store,
    aBatch({ checkpoints: times.map(at => ({ activationId: id, at, timeline: { at, zones: [[0.5, null]] } })) }),
  )
async function kept(id: ActivationId): Promise<readonly number[]> {
  const rows = await database.store.query<{ at: number }>(
    'select at from watch_checkpoints where activation_id = $1 order by at',
    [id],
  )
  return rows.map(({ at }) => at)
}

describe('checkpoints', () => {
  it('are read as they were written: of each activation the newest before a time', async () => {
    const other = (await aMonitoredWearer(database.store)).activationId
    await put(activationId, now - 2 * HOUR, now - HOUR, now)
    await put(other, now)
    const asked = [
      { activationId, before: now },
      { activationId: other, before: now },
    ]
    const at = now - HOUR
    expect(await readCheckpoints(database.store, asked)).toEqual([
      { activationId, at, timeline: { at, zones: [[0.5, null]] } },
    ])
    expect(await readCheckpoints(database.store, [])).toEqual([])
  })

  it('are thinned to one an hour for four days, one a day for sixty, and the newest in any case', async () => {
    const { activationId: quiet } = await aMonitoredWearer(database.store)
    await put(quiet, now - 200 * DAY, now - 100 * DAY)
    const young = [now - 4 * DAY, now - 4 * DAY + 10 * MINUTE, now - 4 * DAY + 29 * MINUTE, now - 4 * DAY + 40 * MINUTE]
    const midnight = Date.UTC(2026, 10, 10)
    const old = [midnight - HOUR, midnight, midnight + HOUR, midnight + DAY - 1, midnight + DAY]
    await put(activationId, now - 61 * DAY, ...old, ...young, now)
    await thinCheckpoints(database.store, now, 1)
    expect(await kept(quiet)).toEqual([now - 100 * DAY])
    expect(await kept(activationId)).toEqual([midnight - HOUR, midnight, midnight + DAY, young[0], young[3], now])
    expect(await thinCheckpoints(database.store, now)).toBe(0)
    await thinCheckpoints(database.store, now + 2 * DAY)
    expect(await kept(activationId)).toEqual([midnight - HOUR, midnight, midnight + DAY, young[0], now])
  })
})
