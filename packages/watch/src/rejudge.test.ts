import { asId } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { createWatchContext } from './context/watch-context.ts'
import { wrapFix } from './judge.ts'
import { isCheckpointDue, recordedSince } from './rejudge.ts'
import { Recorder } from './testing/record.fixture.ts'
import {
  aCondition,
  aContext,
  aFix,
  aRegister,
  HOUR,
  hoursOf,
  incidentsIn,
  MINUTE,
  START,
  told,
  walk,
  zoneOf,
} from './testing/timeline.fixture.ts'
import { emptyTimeline } from './timeline/timeline.ts'
import { idOf } from './told/told.ts'

const BREACH = 'exclusion-breach'
const inside = (n: number) => Array<number>(n).fill(100)
const away = (n: number) => Array<number>(n).fill(900)
const at = (minute: number, easts: readonly number[]) => walk(easts, { at: minute * MINUTE }).map(wrapFix)

/** What is said of what comes after everything else is on record. */
function saidOfLate(recorder: Recorder, late: ReturnType<typeof at>) {
  const before = recorder.all.length
  recorder.take(late)
  return recorder.all.slice(before)
}
const recorderOf = (...conditions: Parameters<typeof aContext>) => new Recorder(aContext(...conditions))

describe('fixes that come late', () => {
  it('raise an incident that was missed, marked late', () => {
    const recorder = recorderOf()
    recorder.take([...at(0, away(2)), ...at(30, away(2))])
    const late = walk([...inside(4), ...away(2)], { at: 10 * MINUTE, receivedAt: START + 5 * HOUR }).map(wrapFix)
    const said = saidOfLate(recorder, late)
    expect(told(said)).toEqual([`raised ${BREACH} confirmed left`])
    expect(incidentsIn(said)[0]).toMatchObject({ late: true, receivedAt: START + 5 * HOUR })
  })

  it('let an incident grow in both directions, which keeps its id', () => {
    const recorder = recorderOf()
    recorder.take([...at(0, away(1)), ...at(20, inside(3)), ...at(40, away(3))])
    const [raised] = incidentsIn(recorder.all)
    const said = saidOfLate(recorder, [...at(15, inside(4)), ...at(24, inside(6))])
    expect(said).toHaveLength(1)
    expect(incidentsIn(said)[0]).toMatchObject({
      episodeId: raised?.episodeId,
      change: 'changed',
      happenedAt: START + 15 * MINUTE,
      endedAt: START + 29 * MINUTE,
      late: false,
    })
    // the id names another beginning now; whatever begins there must not get it
    expect(new Set(recorder.said.keys()).size).toBe(1)
  })

  it('make one incident of two that turn out to be one: the other is marked as joined and stays', () => {
    const recorder = recorderOf()
    recorder.take([...at(0, inside(4)), ...at(5, away(3)), ...at(20, inside(4)), ...at(40, away(3))])
    expect(recorder.said.size).toBe(2)
    const said = saidOfLate(recorder, at(10, inside(9)))
    expect(told(said)).toEqual([`changed ${BREACH} confirmed left`, `disproved ${BREACH} confirmed joined`])
    expect(recorder.said.size).toBe(2)
    expect(incidentsIn(said)[1]?.reason.text).toMatch(/^Part of another incident/)
  })

  it('make two of one that turns out to be two', () => {
    const recorder = recorderOf()
    recorder.take([...at(0, inside(4)), ...at(40, inside(4)), ...at(60, away(3))])
    expect(recorder.said.size).toBe(1)
    const said = saidOfLate(recorder, at(5, away(20)))
    expect(told(said).sort()).toEqual([`changed ${BREACH} confirmed left`, `raised ${BREACH} confirmed left`])
    expect(recorder.outcome()).toHaveLength(2)
  })

  it('disprove an absence that the clock raised and fixes ended, and prove it again under the same id', () => {
    const curfew = aCondition({ kind: 'inclusion', hours: hoursOf('11:00', '20:00') })
    const recorder = recorderOf(curfew)
    recorder.take(at(50, away(1)))
    recorder.tick(START + 70 * MINUTE)
    const [raised] = incidentsIn(recorder.all)
    recorder.take(at(75, [0, 0, 0]))
    const home = saidOfLate(recorder, at(58, Array(16).fill(0)))
    expect(told(home)).toEqual(['disproved inclusion-absence possible disproved'])
    expect(recorder.outcome()).toEqual([])
    // some of those fixes were not his: here the record is judged again without them
    for (const key of [...recorder.observations.keys()].slice(-16)) recorder.observations.delete(key)
    const again = incidentsIn(recorder.rewind(START))
    expect(again).toMatchObject([{ episodeId: raised?.episodeId, change: 'changed', conclusion: 'unconfirmed' }])
  })

  it('join visits and take them back alike', () => {
    const recorder = recorderOf(aCondition({ kind: 'interest' }))
    recorder.take([...at(0, inside(2)), ...at(5, away(3)), ...at(20, inside(2)), ...at(40, away(3))])
    const said = saidOfLate(recorder, at(10, inside(9)))
    expect(said).toMatchObject([
      { type: 'visit', disproved: false, to: START + 21 * MINUTE },
      { type: 'visit', disproved: true },
    ])
    expect(recorder.outcome()).toHaveLength(1)
  })

  it('change nothing of an incident that is under way and stays as it was', () => {
    const recorder = recorderOf()
    recorder.take([...at(0, inside(4)), ...at(70, inside(2)), ...at(80, inside(2))])
    expect(saidOfLate(recorder, at(75, inside(2))).filter(({ type }) => type === 'incident')).toEqual([])
    expect(recorder.state.told).toHaveLength(1)
  })

  it('leave silence alone, which no fix disproves', () => {
    const recorder = recorderOf()
    recorder.take(at(0, away(1)))
    for (let minute = 1; minute < 40; minute++) recorder.tick(START + minute * MINUTE)
    expect(recorder.state.told.map(({ subject }) => subject)).toEqual(['silence'])
    recorder.rewind(START - HOUR)
    expect(recorder.state.told.map(({ subject }) => subject)).toEqual(['silence'])
  })

  it('of an activation of which nothing was stored find nothing', () => {
    expect(recorderOf().rewind(START)).toEqual([])
  })
})

describe('what was in force then', () => {
  it('counts: the policy', () => {
    const policies = [{ version: 2, from: START + HOUR, defaults: { possibleProbability: 0.99 } }]
    const recorder = new Recorder(createWatchContext(aRegister([aCondition()], { policies })))
    recorder.take([...at(0, away(1)), ...at(180, away(2))])
    const doubtful = (minute: number) => wrapFix(aFix({ at: minute * MINUTE, east: 165, accuracyM: 30 }))
    const before = saidOfLate(recorder, [doubtful(30)])
    expect(incidentsIn(before)).toMatchObject([{ certainty: 'possible', reason: { policyVersion: 1 } }])
    expect(told(saidOfLate(recorder, [doubtful(90)]))).toEqual([])
  })

  it('counts: the settings of the zone and of the risk', () => {
    const strict = { possibleProbability: 0.99 }
    const seen = (given: Parameters<typeof aRegister>[1]) => {
      const recorder = new Recorder(createWatchContext(aRegister([aCondition()], given)))
      recorder.take([wrapFix(aFix({ at: 0, east: 165, accuracyM: 30 }))])
      return told(recorder.all).length
    }
    const policy = { version: 2, from: START - HOUR }
    expect(seen({})).toBe(1)
    expect(seen({ policies: [{ ...policy, zones: { 70: strict } }] })).toBe(0)
    expect(seen({ policies: [{ ...policy, zones: { 71: strict } }] })).toBe(1)
    expect(seen({ policies: [{ ...policy, risks: { critical: strict } }] })).toBe(1)
    expect(seen({ policies: [{ ...policy, risks: { critical: strict } }], risk: 'critical' })).toBe(0)
  })

  it('counts: the zone', () => {
    const edited = START + 10 * MINUTE
    const recorder = recorderOf(
      aCondition({ to: edited, zone: zoneOf(50) }),
      aCondition({ zoneVersion: 2, from: edited }),
    )
    recorder.take([...at(0, away(1)), ...at(60, away(2))])
    expect(told(saidOfLate(recorder, [...at(5, inside(3)), ...at(8, away(3))]))).toEqual([])
    const said = saidOfLate(recorder, [...at(15, inside(3)), ...at(20, away(3))])
    expect(incidentsIn(said)).toMatchObject([{ zoneVersion: 2, happenedAt: START + 15 * MINUTE }])
  })
})

describe('a checkpoint', () => {
  it('is due where the hour of measured time changes', () => {
    const hour = Math.ceil(START / HOUR) * HOUR
    expect([isCheckpointDue(hour - 1, hour), isCheckpointDue(hour, hour + HOUR - 1)]).toEqual([true, false])
    expect([isCheckpointDue(null, hour), isCheckpointDue(hour - 1, null)]).toEqual([false, false])
  })

  it('is kept once, also where a late fix begins the next hour right after it', () => {
    const recorder = recorderOf()
    recorder.take([...at(0, away(2)), ...at(70, away(2)), ...at(150, away(2))])
    recorder.take(at(140, away(1)))
    const times = recorder.checkpoints.map(checkpoint => checkpoint.at)
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
  })

  it('asks for the record from where what was under way began', () => {
    const recorder = recorderOf()
    recorder.take([...at(0, inside(20)), ...at(20, [900])])
    expect(recordedSince(recorder.state.timeline, recorder.context)).toBe(START)
    expect(recordedSince(emptyTimeline, recorder.context)).toBe(Number.NEGATIVE_INFINITY)
    const event = { ...recorder.state.timeline, last: null, zones: [] }
    expect(recordedSince(event, recorder.context)).toBeLessThan(START + 20 * MINUTE)
  })

  it('with an incident of which the end comes after it leads to no second incident', () => {
    const recorder = recorderOf()
    recorder.take([...at(55, inside(3)), ...at(58, [900]), ...at(61, [900])])
    recorder.take(at(130, away(2)))
    expect(recorder.rewind(START + 59 * MINUTE + 1).filter(({ type }) => type === 'incident')).toEqual([])
    expect([...recorder.said.values()].map(idOf)).toEqual([`5:${asId('7')}:${START + 55 * MINUTE}`])
  })
})
