import { describe, expect, it } from 'vitest'
import { aCondition, anActivation, aPass, DAY, daily, groupOf, HOUR, START, zoneAt } from './condition.fixture.ts'
import { type ConditionGroup, groupConditions } from './condition-group.ts'
import { corridorsAt, forceAt, liftersAt, nextChange, nextStart, whyLapsed } from './force.ts'

/** Hours after `START`. */
const hour = (h: number): number => START + h * HOUR

/** From, to, in hours after `START`, and the version. */
function force(group: ConditionGroup, h: number) {
  const found = forceAt(group, hour(h))
  return found && [(found.from - START) / HOUR, (found.to - START) / HOUR, found.condition.zoneVersion]
}

const startAfter = (group: ConditionGroup, h: number): number => (nextStart(group, hour(h)) - START) / HOUR
const always = -240

describe('a condition is in force', () => {
  it('within the activation', () => {
    const [group] = groupConditions([aCondition('a')], anActivation({ from: START, to: hour(5) }))
    if (group === undefined) throw new Error('no group')
    expect(force(group, 2)).toEqual([0, 5, 1])
    expect(force(group, 5)).toBeUndefined()
    expect(whyLapsed(group, hour(5))).toBe('activation-ended')
    expect(whyLapsed(group, hour(-1))).toBe('activation-ended')
    expect(nextStart(group, Number.NEGATIVE_INFINITY)).toBe(START)
    expect(startAfter(group, 0)).toBe(Number.POSITIVE_INFINITY)
  })

  it('without end when nothing ends it', () => {
    expect(force(groupOf(aCondition('a')), 0)).toEqual([always, Number.POSITIVE_INFINITY, 1])
  })

  it('from its beginning to its end', () => {
    const group = groupOf(aCondition('a', { from: START, to: hour(3) }))
    expect(force(group, 0)).toEqual([0, 3, 1])
    expect(whyLapsed(group, hour(3))).toBe('condition-ended')
    expect(startAfter(group, -5)).toBe(0)
  })

  it('in its hours', () => {
    const group = groupOf(aCondition('a', { hours: daily('19:00', '07:00') }))
    expect(force(group, 20)).toEqual([19, 31, 1])
    expect(force(group, 12)).toBeUndefined()
    expect(whyLapsed(group, hour(31))).toBe('hours')
    expect([startAfter(group, 12), startAfter(group, 18.9), startAfter(group, 19)]).toEqual([19, 19, 43])
  })

  it('but not during a pass without a corridor', () => {
    const group = groupOf(aCondition('a', { passes: [aPass(3, 5), aPass(4, 6), aPass(9, 10)] }))
    expect(force(group, 2)).toEqual([always, 3, 1])
    expect(force(group, 5)).toBeUndefined()
    expect(whyLapsed(group, hour(5))).toBe('pass')
    expect(force(group, 6)).toEqual([6, 9, 1])
    expect(startAfter(group, 0)).toBe(6)
  })

  it('and is, but for the corridor, during a pass with one', () => {
    const corridor = zoneAt(-0.91)
    const group = groupOf(aCondition('a', { passes: [aPass(3, 5, corridor)] }))
    expect(force(group, 4)).toEqual([always, Number.POSITIVE_INFINITY, 1])
    expect([2, 3, 4.9, 5].map(h => corridorsAt(group, hour(h)))).toEqual([[], [corridor], [corridor], []])
    expect(corridorsAt(group, hour(3))).toBe(corridorsAt(group, hour(4)))
    expect([2, 3, 5].map(h => nextChange(group, hour(h)))).toEqual([hour(3), hour(5), Number.POSITIVE_INFINITY])
  })

  it('has no corridors outside the time of its versions', () => {
    const group = groupOf(aCondition('a', { to: hour(4), passes: [aPass(3, 5, zoneAt(-0.91))] }))
    expect(corridorsAt(group, hour(4))).toEqual([])
  })

  it('is not in force at a time of which one can ask why it lapsed', () => {
    expect(() => whyLapsed(groupOf(aCondition('a')), START)).toThrow('condition a is in force at')
  })
})

describe('versions of a zone', () => {
  const first = aCondition('a', { to: hour(5) })
  const second = aCondition('a', { zoneVersion: 2, from: hour(5), to: hour(9) })

  it('are one unbroken force, in which each has its turn', () => {
    const group = groupOf(second, first)
    expect(force(group, 4)).toEqual([always, 9, 1])
    expect(force(group, 5)).toEqual([always, 9, 2])
    expect(startAfter(group, 0)).toBe(5)
    expect(startAfter(group, 5)).toBe(Number.POSITIVE_INFINITY)
  })

  it('of which the highest holds where their times overlap', () => {
    const group = groupOf(aCondition('a'), second)
    expect([4, 5, 8, 9].map(h => force(group, h)?.[2])).toEqual([1, 2, 2, 1])
  })

  it('that only the hours of the condition divide begin nothing anew', () => {
    const group = groupOf(first, aCondition('a', { from: hour(5), bufferM: 50 }))
    expect(startAfter(group, 0)).toBe(Number.POSITIVE_INFINITY)
    expect(forceAt(group, hour(5))?.condition.bufferM).toBe(50)
  })
})

describe('priority', () => {
  const home = aCondition('home', {
    kind: 'inclusion',
    priority: 5,
    hours: daily('19:00', '07:00'),
    zone: zoneAt(-0.92),
  })

  it('a presence condition is not in force while a higher one is', () => {
    const group = groupOf(aCondition('town', { kind: 'restriction' }), home)
    expect(force(group, 12)).toEqual([7, 19, 1])
    expect(force(group, 19)).toBeUndefined()
    expect(whyLapsed(group, hour(19))).toBe('priority')
    expect(startAfter(group, 12)).toBe(31)
  })

  it('an exclusion is lifted in the zone of a higher presence condition while that is in force', () => {
    const group = groupOf(aCondition('street'), home)
    expect(force(group, 12)).toEqual([always, Number.POSITIVE_INFINITY, 1])
    expect([12, 19, 31].map(h => liftersAt(group, hour(h)))).toEqual([[], [home.zone], []])
    expect([12, 19].map(h => nextChange(group, hour(h)))).toEqual([hour(19), hour(31)])
  })

  it('one that is lifted itself, or on a pass, lifts nothing', () => {
    const hostel = aCondition('hostel', {
      kind: 'inclusion',
      priority: 9,
      from: hour(20),
      to: hour(22),
      zone: zoneAt(-0.93),
    })
    const street = groupOf(aCondition('street'), { ...home, passes: [aPass(23, 24)] }, hostel)
    expect([19, 20, 22, 23].map(h => liftersAt(street, hour(h)))).toEqual([[home.zone], [hostel.zone], [home.zone], []])
    const town = groupOf(aCondition('town', { kind: 'restriction' }), { ...home, passes: [aPass(23, 24)] }, hostel)
    expect([19, 20, 22, 23].map(h => force(town, h))).toEqual([undefined, undefined, undefined, [23, 24, 1]])
  })

  it('one whose hours are all lifted for weeks is looked for no further, but may be asked again', () => {
    const school = aCondition('school', { kind: 'inclusion', hours: daily('21:00', '06:00') })
    const group = groupOf(school, { ...home, to: START + 200 * DAY })
    const asked = [nextStart(group, START)]
    for (let i = 0; i < 7; i++) asked.push(nextStart(group, asked.at(-1) ?? START))
    expect(asked[0]).toBeGreaterThan(START + 35 * DAY)
    expect(asked.filter(at => forceAt(group, at) !== undefined && at !== Number.POSITIVE_INFINITY)[0]).toBe(
      START + 200 * DAY,
    )
    expect(nextStart(group, START)).toBe(asked[0])
  })

  it('a beginning after years is found', () => {
    const group = groupOf(aCondition('a', { from: START + 5_000 * DAY }))
    expect(nextStart(group, START)).toBe(START + 5_000 * DAY)
  })
})
