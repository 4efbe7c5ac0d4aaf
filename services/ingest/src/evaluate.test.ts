import {
  type ActivationId,
  asId,
  type ConditionId,
  type Fix,
  type TagId,
  type WearerId,
  type ZoneId,
} from '@cordon/contract'
import { compileZone } from '@cordon/geofence'
import { aFix } from '@cordon/testkit'
import { emptyState, type WatchState } from '@cordon/watch'
import { describe, expect, it } from 'vitest'
import type { Decoded } from './decode.ts'
import { evaluate, type Moment } from './evaluate.ts'
import type { KnownActivation, Register } from './register/register.ts'
import { createWatchStates, type WatchStates } from './watch-states.ts'

const NOW = Date.UTC(2026, 10, 22, 6)
const MINUTE = 60_000
const id = asId<ActivationId>('1')

function anActivation(to: number | null = null): KnownActivation {
  const zone = compileZone({ type: 'Circle', center: [-0.9, 52.24], radius: 300 })
  const condition = {
    ...{ conditionId: asId<ConditionId>('1'), zoneId: asId<ZoneId>('1'), zoneVersion: 1, kind: 'exclusion' as const },
    ...{ from: 0, to: null, passes: [], zone, bufferM: 0 },
  }
  return { id, wearerId: asId<WearerId>('1'), tagId: asId<TagId>('t'), from: 0, to, conditions: [condition] }
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
  const at = { now: NOW, tick: false, ...moment }
  const result = evaluate(said, register, states, at)
  states.commit(result.states, result.statesToWrite, at.now)
  return result
}

describe('evaluate', () => {
  it('changes nothing until its result is committed, so that a batch can be run again', () => {
    const activation = anActivation()
    const states = fresh()
    const batch = decoded(activation, inside(MINUTE, 1), inside(0, 2))
    const moment = { now: NOW, tick: false }
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

  it('keeps a late fix on the track, and says that it was not judged in its place', () => {
    const activation = anActivation()
    const states = fresh()
    run(states, decoded(activation, far(MINUTE, 2)), registerOf(activation))
    const result = run(states, decoded(activation, far(2 * MINUTE, 1)), registerOf(activation))
    expect(result.fixes).toHaveLength(1)
    expect(result.aside).toEqual([])
    expect(result.judgements).toMatchObject([{ type: 'set-aside', reason: 'older-than-judged' }])
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
  it('remembers states, when they were written, and which have something under way', () => {
    const open: WatchState =
      run(fresh(), decoded(anActivation(), inside(0, 1)), registerOf(anActivation())).states.get(id) ?? emptyState()
    const states = createWatchStates(new Map([[id, open]]), 5)
    expect(states.writtenAt(id)).toBe(5)
    expect(states.withStretches()).toEqual([id])
    states.commit(new Map([[id, emptyState()]]), [], 9)
    expect(states.withStretches()).toEqual([])
    expect(states.writtenAt(id)).toBe(5)
    expect(states.writtenAt(asId<ActivationId>('2'))).toBe(0)
  })
})
