import { describe, expect, it } from 'vitest'
import { createChance, seedOf } from './chance.ts'
import { createReceiver, type Reception } from './create-receiver.ts'
import { ENVIRONMENTS, type EnvironmentName } from './environments.ts'
import { createGaussMarkov } from './gauss-markov.ts'
import { createSpells } from './spells.ts'
import { VARIANTS, type VariantName } from './variants.ts'

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** So many separate receivers, each asked so often, a minute apart. */
function receptions(name: EnvironmentName, variant: VariantName, times = 4_000): Reception[] {
  return Array.from({ length: 25 }, (_, seed) => {
    const receive = createReceiver(createChance(seedOf(name, seed)), VARIANTS[variant])
    return Array.from({ length: times / 25 }, () => receive(name, 60, 0)).filter(each => each !== undefined)
  }).flat()
}

const withinCircle = (all: readonly Reception[]) =>
  mean(all.map(({ dx, dy, accuracyM }) => Number(Math.hypot(dx, dy) <= accuracyM)))

describe('Gauss-Markov errors', () => {
  it.each([15, 60])('have a variance of 1 and fall to 1/e in τ, asked every %i s', stepS => {
    const tauS = 180
    const drift = createGaussMarkov(createChance(7))
    const xs = Array.from({ length: 60_000 }, () => {
      drift.step(stepS, tauS)
      return drift.x
    })
    const lag = tauS / stepS
    expect(mean(xs.map(x => x * x))).toBeCloseTo(1, 1)
    expect(Math.abs(mean(xs.slice(lag).map((x, i) => x * (xs[i] ?? 0))) - Math.exp(-1))).toBeLessThan(0.05)
  })
})

describe('spells', () => {
  it.each([15, 60])('come as often and last as long as asked, looked at every %i s', stepS => {
    const spells = createSpells(createChance(3))
    const during = Array.from({ length: 200_000 }, () => spells.step(stepS, 1, 300))
    // an hour to wait on average, then 300 s: 300 / 3,900 of the time
    expect(Math.abs(mean(during.map(Number)) - 300 / 3_900)).toBeLessThan(0.008)
  })
})

describe('a receiver', () => {
  it('has the σ of its surroundings', () => {
    const all = receptions('indoor', 'gauss-markov')
    expect(Math.sqrt(mean(all.map(({ dx }) => dx * dx))) / ENVIRONMENTS.indoor.sigmaM).toBeCloseTo(1, 0.9)
  })

  it('states a circle that holds about 95 % of its errors', () => {
    expect(Math.abs(withinCircle(receptions('suburb', 'gauss-markov')) - 0.95)).toBeLessThan(0.025)
  })

  it('states one half as wide where it is too optimistic: 1 − exp(−2.4477² / 8) = 53 % of them', () => {
    expect(Math.abs(withinCircle(receptions('suburb', 'optimistic')) - 0.53)).toBeLessThan(0.07)
  })

  it('errs beyond its circle more often with multipath', () => {
    expect(withinCircle(receptions('canyon', 'multipath'))).toBeLessThan(
      withinCircle(receptions('canyon', 'gauss-markov')) - 0.03,
    )
  })

  it('falls back to wifi and cell towers where satellites get lost', () => {
    const all = receptions('deep', 'multipath')
    const shareOf = (source: string) => mean(all.map(each => Number(each.source === source)))
    // 3 losses an hour of 10 minutes: 1/3 of the time, shared evenly
    expect(Math.abs(shareOf('wifi') - 1 / 6)).toBeLessThan(0.05)
    expect(Math.abs(shareOf('cell') - 1 / 6)).toBeLessThan(0.05)
    expect(receptions('deep', 'gauss-markov').every(({ source }) => source === 'gnss')).toBe(true)
  })

  it('knows cell towers alone where there is nothing else, with circles of 500 to 1,600 m', () => {
    const all = receptions('cell-only', 'gauss-markov')
    expect(all.every(({ source }) => source === 'cell')).toBe(true)
    expect(Math.min(...all.map(({ accuracyM }) => accuracyM))).toBeGreaterThan(0.8 * 500)
    expect(Math.max(...all.map(({ accuracyM }) => accuracyM))).toBeLessThan(1.2 * 1_600)
    expect(Math.abs(withinCircle(all) - 0.95)).toBeLessThan(0.03)
  })

  it('has no position in a tunnel', () => {
    expect(receptions('tunnel', 'multipath')).toEqual([])
  })

  it('says the same for the same seed', () => {
    expect(receptions('canyon', 'multipath', 100)).toEqual(receptions('canyon', 'multipath', 100))
  })
})
