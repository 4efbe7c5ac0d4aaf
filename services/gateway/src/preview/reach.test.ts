import type { FixColumns } from '@cordon/store'
import { readPreviewFixes } from '@cordon/store'
import { aMonitoredWearer, createTestDatabase, type MonitoredWearer, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileDraft, judgeTrail } from './judge-trail.ts'
import type { PreviewDraft } from './preview-parts.ts'
import { reachOf } from './reach.ts'

const MINUTE = 60_000
const FROM = Date.UTC(2026, 5, 1)
const DAYS = 4
const SPAN = { from: FROM, to: FROM + DAYS * 1_440 * MINUTE }

const draft: PreviewDraft = {
  ...SPAN,
  kind: 'exclusion',
  geometry: { type: 'Circle', center: [-0.9, 52.24], radius: 400 },
  bufferM: 100,
  hours: null,
  policies: [],
}

/** Minutes between fixes: of a usual plan, and of the sparsest. */
const INTERVALS = [1, 7, 45, 60, 180]
let database: TestDatabase
let people: readonly MonitoredWearer[]
beforeAll(async () => {
  database = await createTestDatabase()
  people = await Promise.all(INTERVALS.map(() => aMonitoredWearer(database.store)))
  for (const [place, { activationId }] of people.entries()) await travel(activationId, place)
})
afterAll(() => database.drop())

/** To the zone and some 160 km away again, over and over, in rounds of 11 hours; a poor circle now and then. */
async function travel(activationId: string, place: number): Promise<void> {
  const interval = INTERVALS[place] ?? 1
  await database.store.query(
    `insert into fixes (activation_id, measured_at, seq, received_at, lon, lat, accuracy_m, source)
     select $1, at, 0, at, -0.9 + greatest(0, sin(minute / 105.0 + $4) + 0.2) * 2, 52.24 + sin(minute / 9.0) / 400,
            case when minute % 11 = 0 then null else 5 + minute % 400 end, 0
     from generate_series(0, $2::int * 1440 - 1, $5::int) minute
     cross join lateral (select $3::timestamptz + minute * interval '1 minute' as at) clock`,
    [activationId, DAYS, new Date(FROM), place / 3, interval],
  )
}

async function judged(keep: ReturnType<typeof reachOf>) {
  const ranges = people.map(({ activationId }) => ({ activationId, ...SPAN }))
  const compiled = compileDraft(draft)
  let judgedFixes = 0
  const judge = ({ activationId, wearerId }: MonitoredWearer, fixes: FixColumns) => {
    judgedFixes += fixes.measuredAt.length
    const activation = { activationId, from: 0, to: null }
    return judgeTrail(compiled, { wearerId, risk: 'standard', orders: [{ from: 0, to: Infinity }], activation, fixes })
  }
  const previews = new Map<string, ReturnType<typeof judge>>()
  for await (const tracks of readPreviewFixes(database.store, { ranges, keep })) {
    for (const { activationId, columns } of tracks) {
      const person = people.find(one => one.activationId === activationId)
      if (person !== undefined) previews.set(activationId, judge(person, columns))
    }
  }
  return { judgedFixes, previews: people.map(({ activationId }) => previews.get(activationId)) }
}

describe('the reach of a draft', () => {
  it('leaves out fixes, and nothing that is judged of it', async () => {
    const [all, near] = [await judged('all'), await judged(reachOf(draft))]
    expect(near.judgedFixes).toBeLessThan(all.judgedFixes * 0.8)
    for (const [place, preview] of near.previews.entries()) {
      expect([INTERVALS[place], preview]).toEqual([INTERVALS[place], all.previews[place]])
      expect(preview?.incidents.length).toBeGreaterThan(0)
    }
  })

  it('has no end for a zone to stay in', () => {
    expect(reachOf({ ...draft, kind: 'restriction' })).toBe('all')
    expect(reachOf({ ...draft, kind: 'inclusion' })).toBe('all')
  })

  it('grows with the buffer and with what the policy believes', () => {
    const westOf = (more: Partial<PreviewDraft>) => {
      const reach = reachOf({ ...draft, ...more })
      return reach === 'all' ? Number.NaN : reach.box.west
    }
    const usual = westOf({})
    expect(westOf({ bufferM: 1_000 })).toBeLessThan(usual)
    expect(westOf({ policies: [{ version: 2, from: FROM, defaults: { worstAccuracyM: 9_000 } }] })).toBeLessThan(usual)
    // what was believed before counts as well
    expect(westOf({ policies: [{ version: 2, from: FROM, defaults: { worstAccuracyM: 1_000 } }] })).toBe(usual)
  })
})
