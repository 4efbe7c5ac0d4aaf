import type { NearMiss, Visit } from '@cordon/contract'
import {
  aBatch,
  aMonitoredWearer,
  aNearMiss,
  anIncidentJudgement,
  aVisit,
  createTestDatabase,
  type MonitoredWearer,
  type TestDatabase,
} from '@cordon/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AGED_NEAR_MISSES } from '../keeping/personal-relations.ts'
import { removeRows } from '../keeping/remove-rows.ts'
import { readRecordedIncidents } from '../recovery/read-recorded-incidents.ts'
import { readRecordedVisits } from '../recovery/read-recorded-visits.ts'
import type { Batch } from '../write/batch.ts'
import { writeBatch } from '../write/write-batch.ts'
import { listNearMisses } from './list-near-misses.ts'
import { listVisits } from './list-visits.ts'

let database: TestDatabase
let wearer: MonitoredWearer
const at = Date.UTC(2026, 10, 22, 6)
const HOUR = 3_600_000
const instant = (ms: number) => new Date(ms).toISOString()

beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  wearer = await aMonitoredWearer(database.store)
})
afterAll(() => database.drop())

const write = (overrides: Partial<Batch>) => writeBatch(database.store, aBatch(overrides))
const visit = (overrides: Partial<Visit> = {}) => aVisit(wearer, { from: at, ...overrides })
const miss = (overrides: Partial<NearMiss> = {}) => aNearMiss(wearer, { from: at, ...overrides })
const PAGE = { limit: 10 }

describe('visits', () => {
  it('are one per visit, as it was said last, and listed newest first, in pages', async () => {
    const first = visit({ to: null })
    const ended = visit({ to: at + HOUR, reason: { ...first.reason, entries: 2 } })
    const later = visit({ from: at + 2 * HOUR })
    await write({ judgements: [first, later, ended] })
    await write({ judgements: [{ ...later, disproved: true, to: at + 2 * HOUR }] })
    const { wearerId, activationId, conditionId, zoneId } = wearer
    const search = { wearerId, caseload: undefined }
    const page = await listVisits(database.store, search, { limit: 1 })
    const rest = await listVisits(database.store, search, { limit: 1, cursor: page.next ?? '' })
    expect(page.items).toMatchObject([{ visitId: later.visitId, disproved: true, to: instant(at + 2 * HOUR) }])
    expect(rest).toEqual({
      items: [
        {
          visitId: first.visitId,
          wearerId,
          wearerName: 'A. Wearer',
          activationId,
          conditionId,
          zoneId,
          zoneName: 'Town centre',
          from: instant(at),
          to: instant(at + HOUR),
          disproved: false,
          reason: ended.reason,
        },
      ],
      next: null,
    })
  })

  it('are found by zone and time, and seen by the officer of the wearer alone', async () => {
    await write({ judgements: [visit({ to: at + HOUR })] })
    const count = async (search: Parameters<typeof listVisits>[1]) =>
      (await listVisits(database.store, search, PAGE)).items.length
    const { zoneId, orderId } = wearer
    expect(await count({ zoneId, caseload: undefined })).toBe(1)
    expect(await count({ zoneId: '0', caseload: undefined })).toBe(0)
    expect(await count({ zoneId, from: instant(at + HOUR), to: instant(at + 2 * HOUR), caseload: undefined })).toBe(1)
    expect(await count({ zoneId, from: instant(at + HOUR + 1), caseload: undefined })).toBe(0)
    expect(await count({ zoneId, to: instant(at), caseload: undefined })).toBe(0)
    expect(await count({ zoneId, caseload: 'kim' })).toBe(0)
    await database.store.execute(`update orders set officer = 'kim' where id = $1`, [orderId])
    expect(await count({ zoneId, caseload: 'kim' })).toBe(1)
  })
})

describe('near misses', () => {
  const list = async () => {
    const search = { wearerId: wearer.wearerId, caseload: undefined }
    return (await listNearMisses(database.store, search, PAGE)).items
  }

  it('are listed newest first with what they were judged on', async () => {
    const newer = miss({ from: at + HOUR, to: at + HOUR + 1, text: 'newer' })
    await write({ judgements: [miss(), newer] })
    const { type: _type, activationId, conditionId, zoneId, from, to, ...reason } = newer
    const whose = { wearerId: wearer.wearerId, wearerName: 'A. Wearer', zoneName: 'Town centre' }
    const [first, second] = await list()
    expect(first).toEqual({ ...whose, activationId, conditionId, zoneId, from: instant(from), to: instant(to), reason })
    expect(second).toMatchObject({ from: instant(at) })
  })

  it('are replaced from a time on when that is judged again, and so are the jumps and checkpoints', async () => {
    const { activationId } = wearer
    const jump = (measuredAt: number, reason: 'impossible-jump' | 'future' = 'impossible-jump') =>
      ({ type: 'set-aside', activationId, measuredAt, seq: 1, reason }) as const
    const other = await aMonitoredWearer(database.store)
    await write({
      judgements: [
        ...[miss(), miss({ from: at - 5 }), miss({ from: at + HOUR }), aNearMiss(other, { from: at + HOUR })],
        ...[jump(at), jump(at + HOUR), jump(at + HOUR, 'future')],
      ],
      checkpoints: [at, at + HOUR, at + 2 * HOUR].map(n => ({ activationId, at: n, timeline: { n } })),
    })
    const again = {
      judgements: [miss({ from: at + 2 * HOUR }), jump(at + 2 * HOUR)],
      checkpoints: [{ activationId, at: at + 2 * HOUR, timeline: { again: true } }],
      replacedFrom: [{ activationId, from: at + HOUR, near: [{ conditionId: wearer.conditionId, from: at - 5 }] }],
    }
    for (let time = 0; time < 2; time++) {
      await write(again)
      expect((await list()).map(({ from }) => from)).toEqual([instant(at + 2 * HOUR), instant(at)])
      const rows = (table: string, order: string) =>
        database.store.query(`select * from ${table} where activation_id = $1 order by ${order}`, [activationId])
      expect(await rows('set_aside', 'measured_at')).toMatchObject([
        { measured_at: at, reason: 'impossible-jump' },
        { measured_at: at + HOUR, reason: 'future' },
        { measured_at: at + 2 * HOUR, reason: 'impossible-jump' },
      ])
      expect(await rows('watch_checkpoints', 'at')).toEqual([
        { activation_id: activationId, at, timeline: { n: at } },
        { activation_id: activationId, at: at + 2 * HOUR, timeline: { again: true } },
      ])
    }
    const others = { wearerId: other.wearerId, caseload: undefined }
    expect((await listNearMisses(database.store, others, PAGE)).items).toHaveLength(1)
  })

  it('are kept for a stated time', async () => {
    await write({ judgements: [0, 1, 2, 3, 4].map(n => miss({ from: at - 900 * HOUR + n })) })
    await write({ judgements: [miss()] })
    const cause = { why: 'retention', byWhom: 'cordon' } as const
    const remove = (rowsAtOnce: number) =>
      database.store.transaction(inside =>
        removeRows(inside, AGED_NEAR_MISSES, new Date(at - 900 * HOUR + 4), { cause, rowsAtOnce }),
      )
    expect(await remove(3)).toEqual({ rows: 3, isLast: false })
    expect(await remove(3)).toEqual({ rows: 1, isLast: true })
    expect((await list()).map(({ from }) => from)).toEqual([instant(at), instant(at - 900 * HOUR + 4)])
    expect(await remove(3)).toEqual({ rows: 0, isLast: true })
  })
})

describe('what is on record of an activation', () => {
  it('since a time: incidents but those of silence, as the engine said them, and visits', async () => {
    const { activationId } = wearer
    const said = (n: number, overrides: Parameters<typeof anIncidentJudgement>[1] = {}) =>
      anIncidentJudgement(wearer, { episodeId: `${activationId}/${n}`, happenedAt: at + n, ...overrides })
    const ended = said(1, { endedAt: at + HOUR, conclusion: 'left' })
    const goesOn = said(2)
    const judgements = [
      ...[said(0, { endedAt: at + HOUR - 1 }), ended, goesOn],
      said(3, { kind: 'silence', conditionId: null, zoneId: null, zoneVersion: null }),
      ...[visit({ to: at + HOUR - 1 }), visit({ from: at + 5, to: at + HOUR }), visit({ from: at + 6 })],
    ]
    await write({ judgements })
    const asked = [
      { activationId, since: at + HOUR },
      { activationId: (await aMonitoredWearer(database.store)).activationId, since: 0 },
    ]
    const expected = [ended, goesOn].map(({ type: _type, change: _change, late: _late, ...recorded }) => recorded)
    expect(await readRecordedIncidents(database.store, asked)).toEqual(expected)
    const visits = await readRecordedVisits(database.store, asked)
    expect(visits.map(({ from, to }) => [from, to])).toEqual([
      [at + 5, at + HOUR],
      [at + 6, null],
    ])
    const { type: _type, ...recorded } = visit({ from: at + 6 })
    expect(visits[1]).toEqual(recorded)
  })
})
