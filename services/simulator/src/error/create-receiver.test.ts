import { createCheck, FixMessage } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { offsetOf } from '../ground/point.ts'
import type { Surroundings, Whereabouts } from '../life/stretch.ts'
import { createRandom } from '../random/create-random.ts'
import { createReceiver, type Received } from './create-receiver.ts'
import { createGaussMarkov } from './gauss-markov.ts'

const START = Date.parse('2026-11-22T06:00:00Z')
const point = { lon: -0.9, lat: 52.24 }
const isFix = createCheck(FixMessage)

const whereabouts = (surroundings: Surroundings): Whereabouts => ({
  ...{ point, speedMps: 0, direction: undefined, surroundings },
  isHome: false,
})

interface Sample extends Received {
  readonly time: number
  readonly east: number
  readonly north: number
}

/** One fix in an hour from each of many receivers: errors that have nothing to do with each other. */
function samples(surroundings: Surroundings, count: number): Sample[] {
  return Array.from({ length: count }, (_, tag) => {
    const receiver = createReceiver({ seed: 1, tagId: `nc-${tag}`, hasBeacon: false })
    return Array.from({ length: 20 }, (__, hour) => sampled(receiver, surroundings, START + hour * 3_600_000))
  }).flat()
}

function sampled(receiver: ReturnType<typeof createReceiver>, surroundings: Surroundings, time: number): Sample {
  const received = receiver.receive(whereabouts(surroundings), time)
  return { ...received, ...offsetOf(point, received.measured), time }
}

const distance = ({ east, north }: Sample) => Math.hypot(east, north)
const deviation = (values: readonly number[]) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length)

describe('the Gauss-Markov process', () => {
  it('has deviation 1 and a correlation that falls with the time between', () => {
    const tauMs = 120_000
    const pairs = Array.from({ length: 20_000 }, (_, n) => {
      const process = createGaussMarkov(tauMs, createRandom('process', n))
      const [a, b] = [process.at(0), process.at(60_000)]
      return { a, b, c: process.at(600_000) }
    })
    expect(deviation(pairs.map(({ b }) => b))).toBeCloseTo(1, 1)
    const correlation = (of: (pair: (typeof pairs)[number]) => number) =>
      pairs.reduce((sum, pair) => sum + pair.a * of(pair), 0) / pairs.length
    expect(Math.abs(correlation(({ b }) => b) - Math.exp(-0.5))).toBeLessThan(0.03)
    expect(Math.abs(correlation(({ c }) => c) - Math.exp(-5))).toBeLessThan(0.03)
  })
})

describe('a receiver', () => {
  it('states a circle that holds 95 % of the errors, but for the tenth of receivers that is optimistic', () => {
    for (const surroundings of ['open', 'street', 'indoors'] as const) {
      const all = samples(surroundings, 400).filter(({ isJump }) => !isJump)
      const within = all.filter(sample => distance(sample) <= (sample.measured.accuracy ?? 0)).length / all.length
      // 0.9 × 0.95 and 0.1 × about 0.72
      expect(within).toBeGreaterThan(0.905)
      expect(within).toBeLessThan(0.95)
    }
  })

  it('is honest to the per cent where it is not optimistic', () => {
    // An honest receiver in the open says 3 m × 2.4477
    const honest = samples('open', 600).filter(({ measured, isJump }) => measured.accuracy === 7.3 && !isJump)
    const within = honest.filter(sample => distance(sample) <= 7.3).length / honest.length
    expect(Math.abs(within - 0.95)).toBeLessThan(0.01)
  })

  it('errs by 3 m in the open and 8 m in a street along each axis', () => {
    for (const [surroundings, sigmaM] of [
      ['open', 3],
      ['street', 8],
    ] as const) {
      const steady = samples(surroundings, 400).filter(({ isJump }) => !isJump)
      expect(Math.abs(deviation(steady.map(({ east }) => east)) / sigmaM - 1)).toBeLessThan(0.05)
      expect(Math.abs(deviation(steady.map(({ north }) => north)) / sigmaM - 1)).toBeLessThan(0.05)
    }
  })

  it('errs alike in successive fixes', () => {
    const pairs = Array.from({ length: 2_000 }, (_, tag) => {
      const receiver = createReceiver({ seed: 1, tagId: `pair-${tag}`, hasBeacon: false })
      return [sampled(receiver, 'open', START), sampled(receiver, 'open', START + 15_000)] as const
    }).filter(pair => pair.every(({ isJump }) => !isJump))
    const correlation = pairs.reduce((sum, [a, b]) => sum + a.east * b.east, 0) / pairs.length / 9
    // exp(−15 s / τ) over τ of 60 to 300 s
    expect(correlation).toBeGreaterThan(0.8)
    expect(correlation).toBeLessThan(0.98)
  })

  it('has satellites outdoors; indoors often only access points, and now and then a tower', () => {
    const from = (list: readonly Sample[], source: string) => list.filter(({ measured }) => measured.source === source)
    const street = samples('street', 50)
    expect(from(street, 'gnss')).toEqual(street)
    const indoors = samples('indoors', 200)
    const [wifi, cell] = [from(indoors, 'wifi'), from(indoors, 'cell')]
    expect(wifi.length / indoors.length).toBeGreaterThan(0.4)
    expect(cell.length / indoors.length).toBeGreaterThan(0.03)
    expect(cell.length / indoors.length).toBeLessThan(0.1)
    const radii = (list: readonly Sample[]) => list.map(({ measured }) => measured.accuracy ?? 0)
    expect(Math.max(...radii(wifi))).toBeLessThanOrEqual(60)
    expect(Math.max(...radii(cell))).toBeGreaterThan(1_200)
    expect(Math.max(...radii(cell))).toBeLessThanOrEqual(1_600)
  })

  it('leaps now and then by 80 to 200 m for a fix or two, and marks it', () => {
    const receiver = createReceiver({ seed: 1, tagId: 'leaping', hasBeacon: false })
    const run = Array.from({ length: 20_000 }, (_, n) => sampled(receiver, 'open', START + n * 15_000))
    const jumps = run.filter(({ isJump }) => isJump)
    expect(jumps.length).toBeGreaterThan(20)
    expect(jumps.length).toBeLessThan(90)
    for (const jump of jumps) {
      expect(distance(jump)).toBeGreaterThan(60)
      expect(distance(jump)).toBeLessThan(220)
    }
    for (const sample of run) if (!sample.isJump) expect(distance(sample)).toBeLessThan(20)
  })

  it('only ever says what the contract allows', () => {
    const all = (['open', 'street', 'indoors'] as const).flatMap(surroundings => samples(surroundings, 50))
    for (const { measured, time } of all) expect(isFix({ time, ...measured })).toBe(true)
  })

  it('hears the beacon at home, of whoever has one, and is then within its reach', () => {
    for (const [hasBeacon, isHome] of [
      [true, true],
      [true, false],
      [false, true],
    ] as const) {
      const receiver = createReceiver({ seed: 1, tagId: 'at-home', hasBeacon })
      const { measured } = receiver.receive({ ...whereabouts('indoors'), isHome }, START)
      expect(measured.source === 'beacon').toBe(hasBeacon && isHome)
      if (hasBeacon && isHome) expect(measured.accuracy).toBeLessThan(25)
    }
  })
})
