import { describe, expect, it } from 'vitest'
import { normalCdf } from './normal-distribution.ts'
import { SIGMAS_IN_CIRCLE } from './sight.ts'

/** To ten places from the tables of the standard normal distribution (NIST Handbook 7.2, as ½ erfc(−x / √2)). */
const TABLE: readonly (readonly [number, number])[] = [
  [0, 0.5],
  [0.1, 0.5398278373],
  [0.25, 0.5987063257],
  [0.5, 0.6914624613],
  [0.8416212336, 0.8],
  [1, 0.8413447461],
  [1.2815515655, 0.9],
  [1.5, 0.9331927987],
  [1.644853627, 0.95],
  [1.9599639845, 0.975],
  [2, 0.9772498681],
  [2.5758293035, 0.995],
  [3, 0.998650102],
  [4, 0.9999683288],
  [5, 0.9999997133],
]

describe('the normal distribution', () => {
  it.each(TABLE)('is within 1e-7 of the table at %d and at its mirror', (x, expected) => {
    expect(Math.abs(normalCdf(x) - expected)).toBeLessThan(1e-7)
    expect(Math.abs(normalCdf(-x) - (1 - expected))).toBeLessThan(1e-7)
  })

  it('is 0 and 1 at the ends, and never outside', () => {
    expect([-Infinity, -1e300, -40, 40, 1e300, Infinity].map(normalCdf)).toEqual([0, 0, 0, 1, 1, 1])
  })

  it('has its 95 % circle at 2.4477 standard deviations', () => {
    expect(SIGMAS_IN_CIRCLE).toBeCloseTo(2.4477, 4)
    expect(1 - Math.exp(-(SIGMAS_IN_CIRCLE ** 2) / 2)).toBeCloseTo(0.95, 12)
  })
})
