import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aCondition, anActivation, aPass, DAY, daily, HOUR, START, zoneAt } from './condition.fixture.ts'
import { type ConditionGroup, groupConditions } from './condition-group.ts'
import { corridorsAt, forceAt, liftersAt, nextChange, nextStart, whyLapsed } from './force.ts'
import type { Activation, OpenPeriod, WatchedCondition } from './watched-condition.ts'

const RUNS = { numRuns: Number(process.env.CORDON_PROPERTY_RUNS ?? 250) }

/** Everything begins and ends on a half hour of these days, so samples a half hour apart see all of it. */
const HALF_HOUR = HOUR / 2
const DAYS = 4
const SAMPLES = Array.from({ length: DAYS * 48 }, (_, i) => START + i * HALF_HOUR)

const hourOf = fc.integer({ min: 0, max: DAYS * 48 }).map(half => half / 2)
const time = fc.integer({ min: 0, max: 47 }).map(half => new Date(half * HALF_HOUR).toISOString().slice(11, 16))
const stretch = fc.record({ from: hourOf, length: fc.integer({ min: 1, max: 60 }) })
const zones = [-0.91, -0.92, -0.93, -0.94].map(zoneAt)
const zone = fc.constantFrom(...zones)
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 3 })

/** From, to: usually from long before the samples to no end. */
const openPeriod = fc.record({ from: maybe(hourOf), to: maybe(hourOf) }).map(({ from, to }) => ({
  from: START + (from ?? -200) * HOUR,
  to: to === null ? null : START + ((from ?? 0) + to) * HOUR,
}))

const condition = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c'),
    zoneVersion: fc.integer({ min: 1, max: 3 }),
    period: openPeriod,
    hours: maybe(fc.record({ from: time, to: time })),
    passes: fc.array(fc.record({ stretch, corridor: maybe(zone) }), { maxLength: 3 }),
    zone,
  })
  .map(({ id, zoneVersion, period, hours, passes, zone: itsZone }) => ({
    id,
    given: {
      zoneVersion,
      ...period,
      hours: hours === null ? null : daily(hours.from, hours.to),
      passes: passes.map(pass => aPass(pass.stretch.from, pass.stretch.from + pass.stretch.length / 2, pass.corridor)),
      zone: itsZone,
    },
  }))

/** Kind and priority are a condition's, the same on all of its versions. */
const register = fc
  .record({
    conditions: fc.uniqueArray(condition, {
      minLength: 1,
      maxLength: 6,
      selector: ({ id, given }) => `${id} ${given.zoneVersion}`,
    }),
    kinds: fc.array(fc.constantFrom('exclusion', 'inclusion', 'restriction', 'interest'), {
      minLength: 3,
      maxLength: 3,
    }),
    priorities: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 3, maxLength: 3 }),
    activation: openPeriod,
  })
  .map(({ conditions, kinds, priorities, activation }) => ({
    activation: anActivation(activation),
    conditions: conditions.map(({ id, given }) => {
      const place = ['a', 'b', 'c'].indexOf(id)
      const [kind, priority] = [kinds[place] ?? 'exclusion', priorities[place] ?? 0]
      return aCondition(id, { ...given, kind, priority } as Partial<WatchedCondition>)
    }),
  }))

interface Register {
  readonly activation: Activation
  readonly conditions: readonly WatchedCondition[]
}

const holds = ({ from, to }: OpenPeriod, at: number) => from <= at && (to === null || at < to)
const isPresence = ({ kind }: WatchedCondition) => kind === 'inclusion' || kind === 'restriction'

/** The definition, asked for one moment. */
function inForceAt(id: string, at: number, { activation, conditions }: Register): WatchedCondition | undefined {
  const version = validAt(id, at, conditions)
  if (version === undefined || !holds(activation, at)) return undefined
  if (version.hours !== null && version.hours.windowAt(at) === undefined) return undefined
  if (version.passes.some(pass => pass.corridor === null && holds(pass, at))) return undefined
  const lifted = isPresence(version) && liftersOf(version, at, { activation, conditions }).length > 0
  return lifted ? undefined : version
}

function validAt(id: string, at: number, conditions: readonly WatchedCondition[]): WatchedCondition | undefined {
  const valid = conditions.filter(({ conditionId, ...period }) => conditionId === id && holds(period, at))
  return valid.sort((a, b) => b.zoneVersion - a.zoneVersion)[0]
}

function liftersOf(condition: WatchedCondition, at: number, register: Register): readonly WatchedCondition[] {
  if (condition.kind === 'interest') return []
  const ids = [...new Set(register.conditions.map(({ conditionId }) => conditionId))]
  return ids
    .map(id => register.conditions.find(({ conditionId }) => conditionId === id) as WatchedCondition)
    .filter(other => isPresence(other) && other.priority > condition.priority)
    .flatMap(({ conditionId }) => inForceAt(conditionId, at, register) ?? [])
}

function everythingAt(group: ConditionGroup, at: number) {
  const force = forceAt(group, at)
  return {
    force,
    lapse: force === undefined ? whyLapsed(group, at) : null,
    corridors: corridorsAt(group, at),
    lifters: liftersAt(group, at),
    nextStart: nextStart(group, at),
    nextChange: nextChange(group, at),
  }
}

describe('the force of conditions', () => {
  it('is what the definition says at every moment, with the corridors and lifters of that moment', () => {
    const property = fc.property(register, given => {
      for (const group of groupConditions(given.conditions, given.activation)) {
        const wrong = SAMPLES.filter(at => forceAt(group, at)?.condition !== inForceAt(group.conditionId, at, given))
        expect(wrong).toEqual([])
        for (const at of SAMPLES) {
          const valid = validAt(group.conditionId, at, given.conditions)
          const passes = valid?.passes.filter(pass => pass.corridor !== null && holds(pass, at)) ?? []
          const [version] = group.versions as [WatchedCondition]
          expect(corridorsAt(group, at)).toEqual(passes.map(pass => pass.corridor))
          expect(liftersAt(group, at)).toEqual(liftersOf(version, at, given).map(lifter => lifter.zone))
        }
      }
    })
    fc.assert(property, { numRuns: Math.ceil(RUNS.numRuns / 5) })
  })

  it('begins and ends where the samples say, and the next start is the next', () => {
    const property = fc.property(register, given => {
      for (const group of groupConditions(given.conditions, given.activation)) {
        const versions = SAMPLES.map(at => inForceAt(group.conditionId, at, given)?.zoneVersion)
        const isRight = (at: number, i: number): boolean => {
          const force = forceAt(group, at)
          const end = versions.findIndex((version, j) => j > i && version === undefined)
          const before = versions.findLastIndex((version, j) => j < i && version === undefined)
          const start = versions.findIndex((v, j) => j > i && v !== undefined && v !== versions[j - 1])
          const next = nextStart(group, at)
          if (start === -1 ? next <= (SAMPLES.at(-1) ?? 0) : next !== SAMPLES[start]) return false
          if (force === undefined) return true
          if (end !== -1 && force.to !== SAMPLES[end]) return false
          return before === -1 || force.from === SAMPLES[before + 1]
        }
        expect(SAMPLES.filter((at, i) => !isRight(at, i))).toEqual([])
      }
    })
    fc.assert(property, { numRuns: Math.ceil(RUNS.numRuns / 5) })
  })

  it('changes nothing before the next change', () => {
    const property = fc.property(register, given => {
      for (const group of groupConditions(given.conditions, given.activation))
        for (const at of SAMPLES) {
          const until = Math.min(nextChange(group, at), START + DAYS * DAY)
          expect(until).toBeGreaterThan(at)
          const zonesAt = (moment: number) => [...corridorsAt(group, moment), ...liftersAt(group, moment)]
          expect(forceAt(group, until - 1)).toEqual(forceAt(group, at))
          expect(zonesAt(until - 1)).toEqual(zonesAt(at))
        }
    })
    fc.assert(property, { numRuns: Math.ceil(RUNS.numRuns / 10) })
  })

  it('is the same in whatever order it is asked for', () => {
    const asked = fc.array(fc.constantFrom(...SAMPLES), { maxLength: 20 })
    const property = fc.property(register, asked, (given, moments) => {
      const groups = groupConditions(given.conditions, given.activation)
      for (const at of moments) {
        const fresh = groupConditions(given.conditions, given.activation)
        expect(groups.map(group => everythingAt(group, at))).toEqual(fresh.map(group => everythingAt(group, at)))
      }
    })
    fc.assert(property, RUNS)
  })
})
