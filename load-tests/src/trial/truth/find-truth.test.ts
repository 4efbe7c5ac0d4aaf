import { describe, expect, it } from 'vitest'
import { rectangle } from '../ground/shape.ts'
import { condition, hours, minutes, type Scenario, scenario } from '../scenario.ts'
import { SCENARIOS } from '../scenarios/all-scenarios.ts'
import { wayFrom } from '../way/way.ts'
import { findTruth } from './find-truth.ts'

const ZONE = rectangle(0, -100, 200, 100)
/** At 2 m/s: reaches the zone after 50 s, is 100 m deep after 100 s, leaves it after 150 s, ends after 200 s. */
const through = wayFrom(-100, 0).goes(2, 'open', [300, 0]).done()

function truthOf(given: Partial<Scenario>) {
  const made = scenario({
    id: 'a-test',
    title: '',
    theme: '',
    way: through,
    conditions: [condition('exclusion', ZONE)],
    ...given,
  })
  return findTruth(made).map(({ entries, past, episodes, near }) => {
    const seconds = (stretches: typeof entries) =>
      stretches.map(({ from, to }) => [(from - made.startsAt) / 1_000, (to - made.startsAt) / 1_000])
    return {
      entries: seconds(entries),
      past: seconds(past),
      episodes: seconds(episodes),
      near: seconds(near),
      deepestM: entries[0]?.greatestDepthM,
    }
  })
}

describe('findTruth', () => {
  it('finds when the way went in and out, and how deep', () => {
    const [truth] = truthOf({})
    expect(truth?.entries).toHaveLength(1)
    expect(truth?.entries[0]?.[0]).toBeCloseTo(50, -0.5)
    expect(truth?.entries[0]?.[1]).toBeCloseTo(150, -0.5)
    expect(truth?.deepestM).toBeCloseTo(100, 0)
  })

  it('turns it round for a zone to stay in', () => {
    const [truth] = truthOf({ conditions: [condition('restriction', ZONE)] })
    expect(truth?.entries.map(([from]) => from)).toEqual([0, expect.closeTo(150, -0.5)])
    expect(truth?.deepestM).toBeCloseTo(100, 0)
  })

  it('counts what lies within the hours alone', () => {
    const applies = [{ fromS: 80, toS: 120 }]
    expect(truthOf({ conditions: [condition('exclusion', ZONE, { applies })] })[0]?.entries).toEqual([[80, 120]])
  })

  it('leaves the grace of a curfew out of what has to be found, not out of what was so', () => {
    const applies = [{ fromS: 160, toS: 400 }]
    const [truth] = truthOf({ conditions: [condition('inclusion', ZONE, { applies, graceS: 30 })] })
    expect(truth?.past).toEqual([[160, 200]])
    expect(truth?.entries).toEqual([[190, 200]])
  })

  it('has nothing due of an absence that is over within the grace', () => {
    const applies = [{ fromS: 160, toS: 400 }]
    const late = [condition('inclusion', ZONE, { applies, graceS: 60 })]
    expect(truthOf({ conditions: late })[0]).toMatchObject({ past: [[160, 200]], entries: [] })
  })

  it('lifts the condition for a pass, and with a corridor only there', () => {
    const pass = { fromS: 0, toS: 100 }
    expect(
      truthOf({ conditions: [condition('exclusion', ZONE, { passes: [{ ...pass, corridor: null }] })] })[0]
        ?.entries[0]?.[0],
    ).toBe(100)
    const beside = rectangle(0, 20, 200, 60)
    const [truth] = truthOf({ conditions: [condition('exclusion', ZONE, { passes: [{ ...pass, corridor: beside }] })] })
    expect(truth?.entries[0]?.[0]).toBeCloseTo(50, -0.5)
  })

  it('judges by the version of the zone in force', () => {
    const zones = [
      { shape: ZONE, fromS: -Infinity, toS: 90 },
      { shape: rectangle(1_000, 0, 1_100, 100), fromS: 90, toS: Infinity },
    ]
    expect(truthOf({ conditions: [condition('exclusion', ZONE, { zones })] })[0]?.entries[0]?.[1]).toBe(90)
  })

  it('ends with the activation', () => {
    expect(truthOf({ activation: { fromS: 0, toS: 70 } })[0]?.entries[0]?.[1]).toBe(70)
  })

  it('counts the buffer as near', () => {
    const [truth] = truthOf({ conditions: [condition('exclusion', ZONE, { bufferM: 50 })] })
    expect(truth?.near[0]?.[0]).toBeCloseTo(25, -0.5)
  })

  it('makes one episode of entries at most ten minutes apart', () => {
    const twice = (apartS: number) =>
      wayFrom(-20, 0)
        .goes(2, 'open', [100, 0], [-20, 0])
        .stays(apartS, 'open')
        .goes(2, 'open', [100, 0], [-20, 0])
        .done()
    expect(truthOf({ way: twice(minutes(5)) })[0]).toMatchObject({ entries: { length: 2 }, episodes: { length: 1 } })
    expect(truthOf({ way: twice(minutes(15)) })[0]).toMatchObject({ entries: { length: 2 }, episodes: { length: 2 } })
  })
})

describe('the scenarios', () => {
  it('are at least forty, each under a name of its own', () => {
    expect(SCENARIOS.length).toBeGreaterThanOrEqual(40)
    expect(new Set(SCENARIOS.map(({ id }) => id)).size).toBe(SCENARIOS.length)
  })

  it('are for the greater part of their time without any breach', () => {
    const totalS = SCENARIOS.reduce((sum, { way }) => sum + way.endS, 0)
    const quietS = SCENARIOS.filter(each => findTruth(each).every(({ past }) => past.length === 0)).reduce(
      (sum, { way }) => sum + way.endS,
      0,
    )
    expect(quietS / totalS).toBeGreaterThan(0.5)
  })

  it('have a wearer in every inclusion zone by most of its hours', () => {
    const day = SCENARIOS.find(({ id }) => id === 'day-at-work')
    expect(day?.way.endS).toBeGreaterThanOrEqual(hours(24) - 1)
    expect(day && findTruth(day).flatMap(({ entries }) => entries)).toEqual([])
  })
})
