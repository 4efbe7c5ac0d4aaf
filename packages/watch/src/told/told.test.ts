import { asId, type IncidentJudgement, type Visit } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '../policy/policy.ts'
import { aCondition, aContext, MINUTE, START, Watcher, walk } from '../testing/timeline.fixture.ts'
import type { EpisodeView } from './episode-view.ts'
import { disprove, fateOf, isNews, isOtherwise, sayOf, withRenamed } from './told.ts'

function firstSaid(kind: 'exclusion' | 'interest') {
  const [said] = new Watcher(aContext(aCondition({ kind }))).see(...walk([100]))
  return said
}
const incident = firstSaid('exclusion') as IncidentJudgement
const visit = firstSaid('interest') as Visit
const naming = { taken: () => [] }

const aView: EpisodeView = {
  subject: '7',
  kind: 'visit',
  severity: 'message',
  certainty: 'possible',
  beganAt: START,
  happenedAt: START,
  receivedAt: START,
  endedAt: null,
  conclusion: null,
  conditionId: asId('7'),
  zoneId: asId('70'),
  zoneVersion: 1,
  reason: visit.reason,
}

describe('what is said of an episode', () => {
  it('of a visit needs a zone', () => {
    expect(sayOf(aView, aContext(), naming)).toMatchObject({ type: 'visit', visitId: `5:7:${START}` })
    const { text, fixes, policyVersion, beganAt, entries } = visit.reason
    const lacking = [
      { conditionId: null },
      { zoneId: null },
      { reason: { text, fixes, policyVersion, beganAt, entries } },
    ]
    for (const given of lacking) expect(() => sayOf({ ...aView, ...given }, aContext(), naming)).toThrow(TypeError)
  })

  it('gets an id that no other episode has', () => {
    const taken = () => [`5:7:${START}`, `5:7:${START}-2`]
    expect(sayOf(aView, aContext(), { taken })).toMatchObject({ visitId: `5:7:${START}-3` })
  })

  it('is remembered by an id that names another beginning, the last 64 of them', () => {
    expect(withRenamed([], incident)).toEqual([])
    const renamed = (n: number) => ({ ...incident, episodeId: `5:7:${n}` })
    let ids: readonly string[] = []
    for (let n = 0; n < 100; n++) ids = withRenamed(ids, renamed(n))
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([64, '5:7:36', '5:7:99'])
    expect(withRenamed(ids, renamed(99))).toBe(ids)
  })
})

describe('what a person should see', () => {
  it('is anything but how deep and how long', () => {
    expect(isOtherwise(incident, incident)).toBe(false)
    expect(isOtherwise(visit, visit)).toBe(false)
    const reasons = [{ entries: 2 }, { beganAt: 1 }].map(given => ({ ...incident.reason, ...given }))
    for (const reason of reasons) expect(isOtherwise(incident, { ...incident, reason })).toBe(true)
    for (const given of [{ certainty: 'confirmed' }, { endedAt: 5 }, { kind: 'buffer-entry' }] as const)
      expect(isOtherwise(incident, { ...incident, ...given })).toBe(true)
    for (const given of [{ from: 1 }, { to: 1 }, { disproved: true }])
      expect(isOtherwise(visit, { ...visit, ...given })).toBe(true)
    const deeper = { ...incident, reason: { ...incident.reason, greatestDepthM: 9_000 } }
    expect(isOtherwise(incident, deeper)).toBe(false)
  })

  it('is a visit that was told as an incident, and the other way round', () => {
    expect([isOtherwise(incident, visit), isOtherwise(visit, incident)]).toEqual([true, true])
  })

  it('is a breach that gets much deeper, once in ten minutes, and not after its end', () => {
    const toldOf = { subject: '7', beganAt: START, endedAt: null, said: incident, toldAt: START }
    const at = (minute: number, given = {}) => ({
      ...incident,
      ...given,
      reason: { ...incident.reason, greatestDepthM: 9_000, fixes: [`${START + minute * MINUTE}/0`] },
    })
    expect([9, 10].map(minute => isNews(toldOf, at(minute), defaultPolicy))).toEqual([false, true])
    const ended = { ...toldOf, said: at(0, { endedAt: START }) }
    expect(isNews(ended, at(90, { endedAt: START }), defaultPolicy)).toBe(false)
    const none = { ...at(0), reason: { ...at(0).reason, fixes: [] } }
    expect(isNews(toldOf, none, { ...defaultPolicy, deeperEveryMs: 1 })).toBe(false)
  })
})

describe('what is told and is not so any more', () => {
  it('is disproved when it was open, or when the timeline has only now come to its end', () => {
    const toldUntil = (endedAt: number | null) => ({ subject: '7', beganAt: 0, endedAt, said: incident, toldAt: 0 })
    const fates = [null, 5].map(endedAt => fateOf(toldUntil(endedAt), false, { before: null, now: 10 }))
    expect(fates).toEqual(['disproved', 'disproved'])
    expect(fateOf(toldUntil(5), false, { before: 4, now: 10 })).toBe('disproved')
    expect(fateOf(toldUntil(5), false, { before: 5, now: 10 })).toBe('settled')
    expect(fateOf(toldUntil(5), true, { before: 4, now: 10 })).toBe('settled')
    expect(fateOf(toldUntil(11), true, { before: 4, now: 10 })).toBe('kept')
  })
})

describe('what is taken back', () => {
  it('stays, marked, with what it had said', () => {
    expect(disprove(incident)).toMatchObject({ change: 'disproved', conclusion: 'disproved', endedAt: START })
    expect(disprove({ ...incident, endedAt: START + 5 })).toMatchObject({ endedAt: START + 5 })
    expect(disprove(visit)).toMatchObject({ disproved: true, to: START })
    expect(disprove({ ...visit, to: START + 5 })).toMatchObject({ to: START + 5 })
    expect(disprove(incident).reason.text).toContain(incident.reason.text)
  })
})
