import type { WatchPolicy } from '../policy/policy.ts'
import { rounded } from '../zones/rounded.ts'
import type { Motion } from './motion.ts'
import { normalCdf } from './normal-distribution.ts'

/**
 * What is believed of the wearer's true margin to one boundary, in metres, negative past it.
 *
 * A fix says margin = truth + σ · error, where the error is not new with every fix: behind a window it drifts for minutes. So
 * the error is estimated beside the margin (a Kalman filter whose state is augmented by the coloured noise): a second fix of a
 * still tag says little that the first did not, one of a moving tag almost as much as the first.
 *
 * `[margin, error, var(margin), cov(margin, error), var(error)]`; the error is in standard deviations of its fix.
 */
export type Belief = readonly [number, number, number, number, number]

const MARGIN = 0
const ERROR = 1
const MARGIN_VAR = 2
const COVARIANCE = 3
const ERROR_VAR = 4

/** Share of a fix's variance that is new with every fix, also of a still tag: the receiver's own noise. */
const WHITE_SHARE = 0.05

/** From one fix alone: its margin, with all of its error. */
export function firstBelief(marginM: number, sigmaM: number): Belief {
  return compact(marginM, 0, [sigmaM * sigmaM, -sigmaM, 1])
}

export interface Measurement {
  readonly marginM: number
  readonly sigmaM: number
  readonly motion: Motion
  /** Another kind of source makes other errors. */
  readonly sameSource: boolean
}

/** With one more fix. One that is too far off what was believed says that the wearer has moved: it stands for itself. */
export function updateBelief(before: Belief, measurement: Measurement, policy: WatchPolicy): Belief {
  const { marginM, sigmaM } = measurement
  const [margin, error, marginVar, covariance, errorVar] = predict(before, measurement, policy)
  // the innovation and how much of it goes to the margin and to the error: H = [1, σ]
  const marginGain = marginVar + sigmaM * covariance
  const errorGain = covariance + sigmaM * errorVar
  const variance = marginGain + sigmaM * errorGain + WHITE_SHARE * sigmaM * sigmaM
  const surprise = marginM - margin - sigmaM * error
  if (surprise * surprise > policy.surpriseSigmas ** 2 * variance) return firstBelief(marginM, sigmaM)
  return compact(margin + (marginGain * surprise) / variance, error + (errorGain * surprise) / variance, [
    marginVar - (marginGain * marginGain) / variance,
    covariance - (marginGain * errorGain) / variance,
    errorVar - (errorGain * errorGain) / variance,
  ])
}

/** P(past the boundary moved out by `ringM` metres): the fixes so far cannot know better than a share of the latest error. */
export function probabilityPast(belief: Belief, ringM: number, leastSigmaM: number): number {
  const sigmaM = Math.max(Math.sqrt(belief[MARGIN_VAR]), leastSigmaM)
  return normalCdf((ringM - belief[MARGIN]) / sigmaM)
}

function predict(before: Belief, { motion, sameSource }: Measurement, policy: WatchPolicy): Belief {
  const kept = sameSource ? Math.exp(-motion.elapsedMs / motion.correlationMs) : 0
  const wanderVar = policy.stillWanderMps ** 2 * (motion.elapsedMs / 1_000)
  return [
    before[MARGIN],
    before[ERROR] * kept,
    before[MARGIN_VAR] + wanderVar + motion.travelledM ** 2,
    before[COVARIANCE] * kept,
    before[ERROR_VAR] * kept * kept + (1 - kept * kept),
  ]
}

/** Rounded, so that the stored state is short; a tenth of a millimetre is far below what any judgement hangs on. */
function compact(marginM: number, error: number, variances: readonly [number, number, number]): Belief {
  const [margin, covariance, errorVar] = variances
  return [
    rounded(marginM, 1e4),
    rounded(error, 1e4),
    rounded(Math.max(margin, 1e-4), 1e4),
    rounded(covariance, 1e4),
    rounded(Math.max(errorVar, 1e-4), 1e4),
  ]
}
