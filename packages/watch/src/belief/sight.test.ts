import { FIX_SOURCES } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { aFix, testPolicy } from '../testing/timeline.fixture.ts'
import { SIGMAS_IN_CIRCLE, sightOf, sigmaOf } from './sight.ts'

describe('the circle that a fix is judged by', () => {
  it('is the stated one, with the policy’s allowance for optimism', () => {
    expect(sightOf(aFix({ at: 0, accuracyM: 20 }), testPolicy)).toMatchObject({ radiusM: 25, assumed: false })
  })

  it('is never smaller than the policy’s least', () => {
    expect(sightOf(aFix({ at: 0, accuracyM: 0.1 }), testPolicy)).toMatchObject({ radiusM: 5, assumed: false })
  })

  it('is assumed by source, and said to be, when the tag states none or nonsense', () => {
    const { gnssAccuracyM, wifiAccuracyM, cellAccuracyM, beaconAccuracyM } = testPolicy
    const assumed = { gnss: gnssAccuracyM, wifi: wifiAccuracyM, cell: cellAccuracyM, beacon: beaconAccuracyM }
    for (const source of FIX_SOURCES) {
      for (const accuracyM of [null, 0, -3, Number.NaN, Infinity]) {
        const sight = sightOf(aFix({ at: 0, source, accuracyM }), testPolicy)
        expect(sight).toMatchObject({ radiusM: assumed[source], assumed: true })
      }
    }
  })

  it('holds 95 % of a two-dimensional Gaussian, so that its axis is 0.41 of it', () => {
    expect(1 - Math.exp(-(SIGMAS_IN_CIRCLE ** 2) / 2)).toBeCloseTo(0.95, 12)
    expect(sigmaOf(sightOf(aFix({ at: 0, accuracyM: 40 }), testPolicy))).toBeCloseTo(50 / 2.4477, 3)
  })

  it('takes a speed below nought for none', () => {
    expect(sightOf(aFix({ at: 0, speedMps: -0.1 }), testPolicy).speed).toBeNull()
    expect(sightOf(aFix({ at: 0, speedMps: 0 }), testPolicy).speed).toBe(0)
  })
})
