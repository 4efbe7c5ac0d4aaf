import { asId, type CommandAck, type DeviceEvent, type TagId } from '@cordon/contract'
import {
  aBatch,
  aFix,
  aMonitoredWearer,
  aNearMiss,
  anIncidentJudgement,
  aVisit,
  createTestDatabase,
  leakCheck,
  type MonitoredWearer,
  type TestDatabase,
} from '@cordon/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Batch, QuarantineItem } from './batch.ts'
import { writeBatch } from './write-batch.ts'

let database: TestDatabase
let wearer: MonitoredWearer
let assertNoLeak: () => Promise<void>
const at = Date.UTC(2026, 10, 22, 6)

beforeAll(async () => {
  assertNoLeak = leakCheck()
  database = await createTestDatabase()
})
beforeEach(async () => {
  wearer = await aMonitoredWearer(database.store)
})
afterAll(async () => {
  await database.drop()
  await assertNoLeak()
})

const write = (overrides: Partial<Batch>) => writeBatch(database.store, aBatch(overrides))
const rowsOf = (table: string) =>
  database.store.query(`select * from ${table} where activation_id = $1`, [wearer.activationId])

const TABLES = [
  'fixes',
  'fixes_aside',
  'device_events',
  'tag_statuses',
  'command_acks',
  'quarantine',
  'quarantine_payloads',
  'watch_states',
  'near_misses',
  'visits',
  'watch_checkpoints',
  'incident_actions',
  'set_aside',
  'incidents',
  'incident_changes',
]

async function wholeDatabase(): Promise<unknown> {
  const tables = TABLES.map(async table => [
    table,
    await database.store.query(`select * from ${table} t order by t::text`),
  ])
  return Promise.all(tables)
}

const anEvent: DeviceEvent = { measuredAt: at, receivedAt: at + 1, seq: 9, type: 'strap-cut', battery: 40.5 }
const anAck: CommandAck = { commandId: 'c1', measuredAt: at, receivedAt: at + 5, result: 'ok', detail: null }

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

function aFullBatch(): Batch {
  const { activationId, tagId } = wearer
  return {
    fixes: [
      { activationId, fix: aFix({ measuredAt: at }) },
      { activationId, fix: aFix({ measuredAt: at + 1, seq: 2 }) },
    ],
    aside: [{ activationId, fix: aFix({ measuredAt: at + 9e8 }), reason: 'future' }],
    events: [{ activationId, event: anEvent }],
    statuses: [
      { tagId, status: { online: false, receivedAt: at } },
      { tagId, status: { online: true, receivedAt: at + 1 } },
    ],
    acks: [{ tagId, ack: anAck }],
    quarantine: [aQuarantineItem()],
    judgements: [
      anIncidentJudgement(wearer),
      aNearMiss(wearer, { from: at, to: at + 1 }),
      aVisit(wearer, { from: at }),
      { type: 'set-aside', activationId, measuredAt: at, seq: 1, reason: 'impossible-jump' },
    ],
    watchStates: [{ activationId, judgedThrough: at + 1, state: { zones: { '1': { inside: 0.5 } } } }],
    checkpoints: [{ activationId, at: at + 1, timeline: { zones: [0.5] } }],
    replacedFrom: [{ activationId, from: at + 9e8, near: [] }],
  }
}

describe('a batch', () => {
  it('is stored whole, and a second writing changes nothing and reports nothing new', async () => {
    const batch = aFullBatch()
    const first = await writeBatch(database.store, batch)
    expect(first).toMatchObject({ newFixes: 2, incidents: [{ change: 'raised' }] })
    expect(first.incidentCursor).toBe(first.incidents[0]?.cursor)
    const before = await wholeDatabase()
    expect(await writeBatch(database.store, batch)).toEqual({ newFixes: 0, incidents: [], incidentCursor: null })
    expect(await wholeDatabase()).toEqual(before)
  })

  it('leaves nothing behind when one part cannot be stored', async () => {
    const { activationId } = wearer
    const stranger = anIncidentJudgement({ ...wearer, activationId: asId('999999999') })
    const fix = { activationId, fix: aFix() }
    await expect(write({ fixes: [fix], judgements: [stranger] })).rejects.toMatchObject({ code: '23514' })
    expect(await rowsOf('fixes')).toEqual([])
  })

  it('may be empty', async () => {
    expect(await write({})).toEqual({ newFixes: 0, incidents: [], incidentCursor: null })
  })
})

describe('a fix', () => {
  it('comes back as it went in: unknown is null, the numbers that judge are exact', async () => {
    const { activationId } = wearer
    const unknown = aFix({
      measuredAt: at + 60_000,
      sentAt: at + 61_001,
      accuracyM: null,
      speedMps: null,
      headingDeg: null,
      altitudeM: null,
      satellites: null,
      hdop: null,
      battery: null,
      source: 'beacon',
      seq: Number.MAX_SAFE_INTEGER,
      lon: -1.7976931348623157,
      lat: 0.1 + 0.2,
    })
    await write({
      fixes: [
        { activationId, fix: aFix({ measuredAt: at, accuracyM: 8.123456789012 }) },
        { activationId, fix: unknown },
      ],
    })
    const [known, other] = await database.store.query(
      'select * from fixes where activation_id = $1 order by measured_at',
      [activationId],
    )
    expect(known).toMatchObject({
      activation_id: activationId,
      measured_at: at,
      received_at: at + 2_000,
      sent_at: null,
      accuracy_m: 8.123456789012,
      source: 0,
      satellites: 9,
      hdop: 0.9,
    })
    expect(other).toMatchObject({
      measured_at: at + 60_000,
      sent_at: at + 61_001,
      accuracy_m: null,
      speed_mps: null,
      heading_deg: null,
      altitude_m: null,
      satellites: null,
      hdop: null,
      battery: null,
      source: 3,
      seq: '9007199254740991',
      lon: -1.7976931348623157,
      lat: 0.1 + 0.2,
    })
  })

  it('is known by activation, time and sequence: the first one stays', async () => {
    const { activationId } = wearer
    const fixes = [1, 2, 1].map((seq, index) => ({ activationId, fix: aFix({ seq, battery: index }) }))
    expect(await write({ fixes })).toMatchObject({ newFixes: 2 })
    expect(await write({ fixes: [{ activationId, fix: aFix({ seq: 1, battery: 77 }) }] })).toMatchObject({
      newFixes: 0,
    })
    expect((await rowsOf('fixes')).map(row => Number(row.battery)).sort((a, b) => a - b)).toEqual([0, 1])
  })
})

describe('an incident', () => {
  const raised = (overrides = {}) => anIncidentJudgement(wearer, overrides)
  const stored = async () => (await rowsOf('incidents'))[0]
  const logOf = async () =>
    database.store.query(
      `select change, incident ->> 'severity' as severity from incident_changes join incidents on incidents.id = incident_id where activation_id = $1 order by cursor`,
      [wearer.activationId],
    )

  it('is one per episode, however many judgements a batch holds on it, and was raised as the first one says', async () => {
    const changed = raised({ change: 'changed', severity: 'critical', receivedAt: at + 90_000, late: true })
    expect((await write({ judgements: [raised(), changed] })).incidents).toHaveLength(1)
    expect(await stored()).toMatchObject({
      severity: 'critical',
      severity_rank: 0,
      received_at: at + 2_000,
      late: false,
      state: 'open',
    })
    expect(await logOf()).toEqual([{ change: 'raised', severity: 'critical' }])
  })

  it('changes with the engine and keeps what people set; a closed one stays closed', async () => {
    await write({ judgements: [raised()] })
    await database.store.query(
      `update incidents set state = 'closed', owner = 'kim', outcome = 'equipment', closed_at = now() where activation_id = $1`,
      [wearer.activationId],
    )
    const ended = raised({ change: 'ended', certainty: 'possible', endedAt: at + 600_000 })
    expect((await write({ judgements: [ended] })).incidents).toMatchObject([
      { change: 'changed', episodeId: ended.episodeId },
    ])
    expect(await stored()).toMatchObject({
      state: 'closed',
      owner: 'kim',
      outcome: 'equipment',
      certainty: 'possible',
      ended_at: at + 600_000,
    })
    expect((await logOf()).map(row => row.change)).toEqual(['raised', 'changed', 'changed'])
  })

  it('names the version of the zone that was breached, whichever was in force when the wearer had left', async () => {
    const ended = raised({ change: 'ended', endedAt: at + 600_000, zoneVersion: 3 })
    await write({ judgements: [raised({ zoneVersion: 1 }), raised({ change: 'changed', zoneVersion: 2 }), ended] })
    expect(await stored()).toMatchObject({ zone_version: 2, ended_at: at + 600_000 })
    await write({ judgements: [ended] })
    expect(await logOf()).toHaveLength(1)
    await write({ judgements: [raised({ change: 'changed', zoneVersion: 3 })] })
    expect(await stored()).toMatchObject({ zone_version: 3, ended_at: null })
    await write({ judgements: [raised({ change: 'ended', endedAt: at + 900_000, zoneVersion: 4 })] })
    expect(await stored()).toMatchObject({ zone_version: 3, ended_at: at + 900_000 })
  })

  it('of several in one batch: each has its cursor, in the order of the judgements, and the last is reported', async () => {
    const other = await aMonitoredWearer(database.store)
    await write({ judgements: [raised()] })
    const unchanged = raised()
    const changed = anIncidentJudgement(other, { severity: 'message' })
    const fresh = raised({ episodeId: `${wearer.activationId}/second` })
    const { incidents, incidentCursor } = await write({ judgements: [changed, unchanged, fresh] })
    expect(incidents.map(({ episodeId }) => episodeId)).toEqual([changed.episodeId, fresh.episodeId])
    expect(incidentCursor).toBe(incidents[1]?.cursor)
    expect(BigInt(incidents[1]?.cursor ?? 0) - BigInt(incidents[0]?.cursor ?? 0)).toBe(1n)
  })
})
