import { type ActivationId, asId, type ConditionId, type Fix, type ZoneId } from '@cordon/contract'
import { compileZone } from '@cordon/geofence'
import { aFix } from '@cordon/testkit'
import { emptyState, type WatchState } from '@cordon/watch'
import { describe, expect, it } from 'vitest'
import type { Decoded } from './decode.ts'
import { evaluate, type Moment } from './evaluate.ts'
import type { KnownActivation, Register } from './register/register.ts'
import { aKnownActivation } from './testing/a-known-activation.ts'
import { createWatchStates, type WatchStates } from './watch-states.ts'

const NOW = Date.UTC(2026, 10, 22, 6)
const MINUTE = 60_000
const id = asId<ActivationId>('1')

function anActivation(to: number | null = null): KnownActivation {
  const zone = compileZone({ type: 'Circle', center: [-0.9, 52.24], radius: 300 })
  const condition = {
    ...{ conditionId: asId<ConditionId>('1'), zoneId: asId<ZoneId>('1'), zoneVersion: 1, kind: 'exclusion' as const },
    ...{ from: 0, to: null, priority: 0, hours: null, passes: [], zone, bufferM: 0 },
  }
  return aKnownActivation({ to, conditions: [condition] })
}
const registerOf = (...activations: KnownActivation[]): Register => ({
  tag: () => undefined,
  activation: wanted => activations.find(activation => activation.id === wanted),
  activations: () => activations,
})
const fresh = () => createWatchStates(new Map(), NOW)
const inside = (ago: number, seq: number, more: Partial<Fix> = {}) =>
  aFix({ measuredAt: NOW - ago, receivedAt: NOW, seq, lon: -0.9, lat: 52.24, ...more })
const far = (ago: number, seq: number) => inside(ago, seq, { lat: 52.5 })
const decoded = (activation: KnownActivation, ...fixes: Fix[]): Decoded => ({
  ...{ fixes: fixes.map(fix => ({ activation, fix })), events: [], statuses: [], acks: [], rejected: [] },
})
const NOTHING: Decoded = { fixes: [], events: [], statuses: [], acks: [], rejected: [] }
const run = (states: WatchStates, said: Decoded, register: Register, moment: Partial<Moment> = {}) => {
  const at = { now: NOW, tick: false, listening: true, ...moment }
  const result = evaluate(said, register, states, at)
  states.commit(result.states, result.statesToWrite, at.now)
  return result
}

describe('evaluate', () => {
  it('changes nothing until its result is committed, so that a batch can be run again', () => {
    const activation = anActivation()
    const states = fresh()
    const batch = decoded(activation, inside(MINUTE, 1), inside(0, 2))
    const moment = { now: NOW, tick: false, listening: true }
    const first = evaluate(batch, registerOf(activation), states, moment)
    expect(states.get(id)).toEqual(emptyState())
    expect(evaluate(batch, registerOf(activation), states, moment)).toEqual(first)
    expect(first.judgements.map(({ type }) => type)).toEqual(['incident', 'incident'])
  })

  it('keeps fixes aside that are not of this activation, with the reason, and the others on the track', () => {
    const activation = anActivation(NOW - 5 * MINUTE)
    const result = run(
      fresh(),
      decoded(activation, far(MINUTE, 2), far(10 * MINUTE, 1), far(-3 * MINUTE, 3)),
      registerOf(activation),
    )
    expect(result.fixes.map(({ fix }) => fix.seq)).toEqual([1])
    expect(result.aside.map(({ fix, reason }) => [fix.seq, reason])).toEqual([
      [2, 'after-activation'],
      [3, 'future'],
    ])
  })

  it('keeps a late fix on the track, and remembers that it has to be judged in its place', () => {
    const activation = anActivation()
    const states = fresh()
    run(states, decoded(activation, far(MINUTE, 3)), registerOf(activation))
    expect(states.late()).toEqual([])
    const late = [far(2 * MINUTE, 2), far(3 * MINUTE, 1)]
    const result = run(states, decoded(activation, ...late), registerOf(activation))
    expect(result.fixes).toHaveLength(2)
    expect(result.aside).toEqual([])
    expect(result.judgements).toEqual([])
    // so that it is not forgotten by a restart
    expect(result.statesToWrite).toEqual([id])
    expect(states.get(id).rewindFrom).toBeLessThanOrEqual(NOW - 3 * MINUTE)
    expect(states.late()).toEqual([id])
    const again = run(states, decoded(activation, ...late), registerOf(activation))
    expect(again.statesToWrite).toEqual([])
  })

  it('keeps an impossible jump on the track', () => {
    const activation = anActivation()
    const jump = inside(MINUTE, 2, { lat: 58 })
    const result = run(fresh(), decoded(activation, far(2 * MINUTE, 1), jump), registerOf(activation))
    expect(result.judgements).toMatchObject([{ type: 'set-aside', reason: 'impossible-jump', seq: 2 }])
    expect(result.fixes).toHaveLength(2)
    expect(result.aside).toEqual([])
  })

  it('keeps a checkpoint when the first of another hour is judged: of the timeline before it', () => {
    const activation = anActivation()
    const states = fresh()
    const until = (minutesAgo: number, seq: number) =>
      run(states, decoded(activation, far(minutesAgo * MINUTE, seq)), registerOf(activation)).checkpoints
    expect(until(61, 1)).toEqual([])
    const { timeline } = states.get(id)
    expect(until(59, 2)).toEqual([{ activationId: id, at: NOW - 61 * MINUTE, timeline }])
    expect(until(10, 3)).toEqual([])
    expect(until(0, 4)).toMatchObject([{ at: NOW - 10 * MINUTE }])
  })

  it('writes a state with everything that is said, and else every five minutes', () => {
    const activation = anActivation()
    const states = fresh()
    const register = registerOf(activation)
    expect(run(states, decoded(activation, far(0, 1)), register).statesToWrite).toEqual([id])
    expect(run(states, decoded(activation, far(-1_000, 2)), register).statesToWrite).toEqual([])
    expect(run(states, decoded(activation, inside(-2_000, 3)), register).statesToWrite).toEqual([id])
    const later = { now: NOW + 6 * MINUTE }
    expect(run(states, decoded(activation, inside(-3_000, 4)), register, later).statesToWrite).toEqual([id])
    const setBack = { now: NOW - 60 * MINUTE }
    expect(run(states, decoded(activation, inside(-4_000, 5)), register, setBack).statesToWrite).toEqual([id])
  })

  it('lets time end what is open when the activation has ended, once', () => {
    const states = fresh()
    run(states, decoded(anActivation(), inside(10 * MINUTE, 1)), registerOf(anActivation()))
    const ended = registerOf(anActivation(NOW - MINUTE))
    const result = run(states, NOTHING, ended, { tick: true })
    expect(result.judgements).toMatchObject([{ type: 'incident', change: 'ended', endedAt: NOW - MINUTE }])
    expect(result.statesToWrite).toEqual([id])
    expect(run(states, NOTHING, ended, { tick: true }).judgements).toEqual([])
  })

  it('does not judge the time of an activation that its own batch judges, or that is known no more', () => {
    const states = fresh()
    const activation = anActivation()
    run(states, decoded(activation, inside(10 * MINUTE, 1)), registerOf(activation))
    expect(run(states, NOTHING, registerOf(), { tick: true }).judgements).toEqual([])
    const both = run(states, decoded(activation, inside(9 * MINUTE, 2)), registerOf(activation), { tick: true })
    expect(both.states.size).toBe(1)
  })
})

describe('createWatchStates', () => {
  it('remembers states and when they were written', () => {
    const open: WatchState =
      run(fresh(), decoded(anActivation(), inside(0, 1)), registerOf(anActivation())).states.get(id) ?? emptyState()
    const states = createWatchStates(new Map([[id, open]]), 5)
    expect(states.writtenAt(id)).toBe(5)
    expect(states.get(id)).toBe(open)
    states.commit(new Map([[id, emptyState()]]), [], 9)
    expect(states.writtenAt(id)).toBe(5)
    expect(states.writtenAt(asId<ActivationId>('2'))).toBe(0)
  })

  it('has the clock told every second of what is under way, of all others in turns of ten seconds, each once', () => {
    const people = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(number => aKnownActivation({ id: String(number + 30) }))
    const told = (states: WatchStates, second: number) =>
      [...states.due(people, NOW + second * 1_000)].map(activation => activation.id)
    const nobody = fresh()
    const inTurn = Array.from({ length: 10 }, (_, second) => told(nobody, second)).flat()
    expect(inTurn.toSorted()).toEqual(people.map(person => person.id).toSorted())
    const open = run(fresh(), decoded(anActivation(), inside(0, 1)), registerOf(anActivation())).states.get(id)
    const first = people[0]?.id ?? id
    const states = createWatchStates(new Map([[first, open ?? emptyState()]]), NOW)
    for (let second = 0; second < 10; second++) expect(told(states, second)).toContain(first)
  })

  it('lets the clock have its last word for an hour after the end, and none before the beginning', () => {
    const told = (from: number, to: number | null) =>
      Array.from({ length: 10 }, (_, second) => [
        ...fresh().due([aKnownActivation({ from, to })], NOW + second * 1_000),
      ]).flat().length
    expect(told(0, NOW - 50 * MINUTE)).toBe(1)
    expect(told(0, NOW - 61 * MINUTE)).toBe(0)
    expect(told(NOW + MINUTE, null)).toBe(0)
  })

  it('knows from a stored state that something waits to be judged again', () => {
    const late = { ...emptyState(), rewindFrom: 5 }
    const states = createWatchStates(new Map([[id, late]]), NOW)
    expect(states.late()).toEqual([id])
    states.commit(new Map([[id, emptyState()]]), [], NOW)
    expect(states.late()).toEqual([])
  })
})
