import type { Fix } from '@cordon/contract'
import type { WatchPolicy } from './policy.ts'

/** Radius of the 95 % circle in standard deviations of one axis: the 2-D Gaussian holds 1 − exp(−k² / 2) within k σ. */
export const SIGMAS_IN_CIRCLE = Math.sqrt(-2 * Math.log(0.05))

/** The circle a fix is judged with. */
export interface Circle {
  /** Metres. */
  readonly radiusM: number
  /** Metres: standard deviation of one axis. */
  readonly sigmaM: number
  /** Whether the tag gave none that can be used. */
  readonly assumed: boolean
}

export function circleOf({ accuracyM, source }: Fix, policy: WatchPolicy): Circle {
  const stated = accuracyM !== null && accuracyM > 0 && accuracyM < Infinity
  const radiusM = Math.max(stated ? accuracyM : policy.sources[source].assumedAccuracyM, policy.leastAccuracyM)
  return { radiusM, sigmaM: radiusM / SIGMAS_IN_CIRCLE, assumed: !stated }
}
