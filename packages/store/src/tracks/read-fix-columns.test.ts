import { aMonitoredWearer, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readFixColumns } from './read-fix-columns.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const at = Date.UTC(2026, 5, 1, 12)

it('gives what was stored, to the bit, of one activation and of a time whose end does not belong to it', async () => {
  const { store } = database
  const { activationId } = await aMonitoredWearer(store)
  const insert = `insert into fixes (activation_id, measured_at, seq, received_at, lon, lat, accuracy_m, speed_mps, source)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
  const put = (...values: readonly unknown[]) => store.execute(insert, values)
  await put(activationId, new Date(at), '9007199254740991', new Date(at + 1_234), -0.1 - 0.2, 52.2, 6.1, 1.3, 3)
  await put(activationId, new Date(at + 59_999), 0, new Date(at + 86_400_000), 179.999, -89.5, null, null, 0)
  await put(activationId, new Date(at + 60_000), 0, new Date(at), 0, 0, 1, 1, 0)
  await put(activationId, new Date(at - 1), 0, new Date(at), 0, 0, 1, 1, 0)
  await put('0', new Date(at), 0, new Date(at), 0, 0, 1, 1, 0)
  const columns = await readFixColumns(store, { activationId, from: at, to: at + 60_000 })
  expect(columns).toEqual({
    measuredAt: Float64Array.of(at, at + 59_999),
    receivedAt: Float64Array.of(at + 1_234, at + 86_400_000),
    seq: Float64Array.of(Number.MAX_SAFE_INTEGER, 0),
    lon: Float64Array.of(-0.1 - 0.2, 179.999),
    lat: Float64Array.of(52.2, -89.5),
    accuracyM: Float64Array.of(6.1, Number.NaN),
    speedMps: Float64Array.of(1.3, Number.NaN),
    source: Uint8Array.of(3, 0),
  })
})

it('gives empty columns when nothing was measured', async () => {
  const { activationId } = await aMonitoredWearer(database.store)
  const { measuredAt, source } = await readFixColumns(database.store, { activationId, from: at, to: at + 1 })
  expect([measuredAt.length, source.length]).toEqual([0, 0])
})
