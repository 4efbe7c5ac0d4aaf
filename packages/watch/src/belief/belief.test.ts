import { describe, expect, it } from 'vitest'
import { testPolicy } from '../testing/timeline.fixture.ts'
import { type Belief, firstBelief, probabilityPast, updateBelief } from './belief.ts'
import type { Motion } from './motion.ts'

const MINUTE = 60_000
const SIGMA_M = 20
const still = (elapsedMs: number): Motion => ({
  elapsedMs,
  distanceM: 0,
  travelledM: 0,
  isMoving: false,
  correlationMs: testPolicy.stillCorrelationMs,
})
const moving = (elapsedMs: number, travelledM: number): Motion => ({
  ...still(elapsedMs),
  distanceM: travelledM,
  travelledM,
  isMoving: true,
  correlationMs: testPolicy.movingCorrelationMs,
})

/** After so many fixes with the same margin, one a second unless said otherwise. */
function after(fixes: number, { marginM = -15, motion = still(1_000), sameSource = true } = {}): Belief {
  let belief = firstBelief(marginM, SIGMA_M)
  for (let i = 1; i < fixes; i++) {
    belief = updateBelief(belief, { marginM, sigmaM: SIGMA_M, motion, sameSource }, testPolicy)
  }
  return belief
}
const sigmaOf = (belief: Belief): number => Math.sqrt(belief[2])

describe('what is believed of the margin to a boundary', () => {
  it('is one fix, with all of its error, at first', () => {
    expect(firstBelief(-12.34567, 20)).toEqual([-12.3457, 0, 400, -20, 1])
    expect(probabilityPast(firstBelief(0, 20), 0, 1)).toBeCloseTo(0.5, 6)
    expect(probabilityPast(firstBelief(-20, 20), 0, 1)).toBeCloseTo(0.8413, 4)
  })

  it('is no surer after 30 fixes of a still tag within 30 seconds: their errors are one error', () => {
    const [one, many] = [after(1), after(30)]
    expect(sigmaOf(many)).toBeGreaterThan(0.9 * sigmaOf(one))
    expect(probabilityPast(many, 0, 1)).toBeLessThan(0.8)
  })

  it('is surer after 30 fixes of a still tag over an hour and a half, for its error has long been another', () => {
    expect(sigmaOf(after(30, { motion: still(3 * MINUTE) }))).toBeLessThan(0.6 * SIGMA_M)
  })

  it('is surer with every fix of a tag that moves along the boundary', () => {
    // a minute between, of which the policy says that it is three correlation times; little of the way is towards the boundary
    const sure = after(5, { motion: moving(MINUTE, 3) })
    const unsure = after(5, { motion: still(1_000) })
    expect(sigmaOf(sure)).toBeLessThan(0.65 * sigmaOf(unsure))
  })

  it('takes another kind of source for an error of its own', () => {
    const same = after(2, { sameSource: true })
    const other = after(2, { sameSource: false })
    expect(sigmaOf(other)).toBeLessThan(0.8 * sigmaOf(same))
  })

  it('begins anew with a fix that is far off what was believed: the wearer has moved', () => {
    const belief = after(5)
    const surprised = updateBelief(
      belief,
      { marginM: 500, sigmaM: SIGMA_M, motion: still(MINUTE), sameSource: true },
      testPolicy,
    )
    expect(surprised).toEqual(firstBelief(500, SIGMA_M))
  })

  it('never knows better than the share of the error that no number of fixes averages out', () => {
    const narrow: Belief = [-3, 0, 0.01, 0, 1]
    expect(probabilityPast(narrow, 0, 0.01)).toBeGreaterThan(0.99)
    expect(probabilityPast(narrow, 0, 6)).toBeCloseTo(0.6915, 3)
  })

  it('is asked of the buffer as of the boundary moved out', () => {
    expect(probabilityPast(firstBelief(30, 20), 60, 1)).toBeGreaterThan(0.9)
    expect(probabilityPast(firstBelief(30, 20), 0, 1)).toBeLessThan(0.1)
  })

  it('stays a number however small the circle, and finite whatever comes', () => {
    let belief = firstBelief(0, 0.001)
    for (let i = 0; i < 500; i++) {
      const measurement = { marginM: 0, sigmaM: 0.001, motion: still(0), sameSource: true }
      belief = updateBelief(belief, measurement, { ...testPolicy, stillWanderMps: 0 })
    }
    expect(belief.every(Number.isFinite)).toBe(true)
    expect(belief[2]).toBeGreaterThan(0)
    expect(belief[4]).toBeGreaterThan(0)
  })
})
