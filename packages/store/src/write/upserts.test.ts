import { asId, type TagId } from '@cordon/contract'
import {
  aBatch,
  aMonitoredWearer,
  aNearMiss,
  createTestDatabase,
  type MonitoredWearer,
  type TestDatabase,
} from '@cordon/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Batch, QuarantineItem } from './batch.ts'
import { writeBatch } from './write-batch.ts'

let database: TestDatabase
let wearer: MonitoredWearer
const at = Date.UTC(2026, 10, 22, 6)

beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  wearer = await aMonitoredWearer(database.store)
})
afterAll(() => database.drop())

const write = (overrides: Partial<Batch>) => writeBatch(database.store, aBatch(overrides))
const rowsOf = (table: string) =>
  database.store.query(`select * from ${table} where activation_id = $1`, [wearer.activationId])

function aQuarantineItem(overrides: Partial<QuarantineItem> = {}): QuarantineItem {
  const rejection = { code: 'field-missing', field: 'lat', detail: 'a number is needed', index: 3 }
  return {
    topic: 'cordon/v1/tags/t/fixes',
    tagId: asId<TagId>('t'),
    receivedAt: at,
    payload: Buffer.from('[{}]'),
    rejection,
    ...overrides,
  }
}

describe('what is upserted', () => {
  it('a status: the newest word stays whatever comes later', async () => {
    const { tagId } = wearer
    await write({ statuses: [{ tagId, status: { online: true, receivedAt: at } }] })
    await write({ statuses: [{ tagId, status: { online: false, receivedAt: at - 1 } }] })
    expect(await database.store.query('select * from tag_statuses where tag_id = $1', [tagId])).toEqual([
      { tag_id: tagId, online: true, received_at: at },
    ])
  })

  it('a watch state: the last one of the batch, its data as they were', async () => {
    const { activationId } = wearer
    const state = { entries: [1, null, 'a'], deep: { since: at, p: 0.1 } }
    await write({
      watchStates: [
        { activationId, judgedThrough: 1, state: {} },
        { activationId, judgedThrough: at, state },
      ],
    })
    expect(await rowsOf('watch_states')).toMatchObject([{ judged_through: at, state }])
  })

  it('a near miss that is said again with a later end is the same one, longer', async () => {
    const nearMiss = (to: number) => aNearMiss(wearer, { from: at, to, text: `to ${to}`, accuracyAssumed: true })
    await write({ judgements: [nearMiss(at + 2), nearMiss(at + 1)] })
    expect(await rowsOf('near_misses')).toMatchObject([
      { ended_at: at + 2, detail: { text: `to ${at + 2}`, accuracyAssumed: true } },
    ])
    await write({ judgements: [nearMiss(at + 3)] })
    expect(await rowsOf('near_misses')).toMatchObject([{ ended_at: at + 3 }])
  })
})

describe('quarantine', () => {
  const stored = (topic: string) =>
    database.store.query(
      'select * from quarantine join quarantine_payloads raw on raw.digest = payload_digest where topic = $1 order by item_index',
      [topic],
    )

  it('keeps one row per distinct bad item, counts receipts, and keeps the bytes once', async () => {
    const topic = `bad/${wearer.tagId}`
    const payload = Buffer.from([0xff, 0x00, 0xfe, ...Buffer.from(topic)])
    const item = (index: number, receivedAt: number) =>
      aQuarantineItem({ topic, payload, receivedAt, rejection: { code: 'x', field: '', detail: 'd', index } })
    await write({ quarantine: [item(1, at), item(2, at), item(1, at)] })
    await write({ quarantine: [item(2, at + 5)] })
    const rows = await stored(topic)
    expect(rows).toMatchObject([
      { item_index: 1, seen: '2', received_at: at },
      { item_index: 2, seen: '2', received_at: at, last_received_at: at + 5 },
    ])
    expect(rows.map(row => row.payload)).toEqual([payload, payload])
  })

  it('stores whatever text a tag makes up, also what PostgreSQL has no text for', async () => {
    const topic = `odd/${wearer.tagId}`
    const detail = 'a\u0000b\ud800c\\u0000 \ud83d\ude00'
    await write({
      quarantine: [aQuarantineItem({ topic, rejection: { code: 'x', field: '\u0000', detail, index: null } })],
    })
    expect(await stored(topic)).toMatchObject([
      { field: '\ufffd', detail: 'a\ufffdb\ufffdc\\u0000 \ud83d\ude00', item_index: null },
    ])
  })
})
