import type { Fix, FixSource } from '@cordon/contract'
import type { WatchPolicy } from '../policy/policy.ts'

/** Radius of the 95 % circle in standard deviations of one axis: the 2-D Gaussian holds 1 − exp(−k² / 2) within k σ. */
export const SIGMAS_IN_CIRCLE = Math.sqrt(-2 * Math.log(0.05))

/** A fix as the engine sees it: with the circle it is judged by. What is remembered of the last one, too. */
export interface Sight {
  readonly at: number
  readonly seq: number
  readonly receivedAt: number
  readonly lon: number
  readonly lat: number
  readonly source: FixSource
  /** Metres: the 95 % circle that is believed, and whether it was assumed because the tag gave none. */
  readonly radiusM: number
  readonly assumed: boolean
  /** m/s, null when the tag did not say. */
  readonly speed: number | null
}

export function sightOf(fix: Fix, policy: WatchPolicy): Sight {
  const { measuredAt, seq, receivedAt, lon, lat, source, accuracyM, speedMps } = fix
  const stated = accuracyM !== null && accuracyM > 0 && accuracyM < Infinity
  const circleM = stated ? accuracyM * policy.accuracyFactor : assumedAccuracyM(source, policy)
  const radiusM = Math.max(circleM, policy.leastAccuracyM)
  const speed = speedMps !== null && speedMps >= 0 ? speedMps : null
  return { at: measuredAt, seq, receivedAt, lon, lat, source, radiusM, assumed: !stated, speed }
}

/** Metres: standard deviation of one axis. */
export const sigmaOf = ({ radiusM }: Sight): number => radiusM / SIGMAS_IN_CIRCLE

function assumedAccuracyM(source: FixSource, policy: WatchPolicy): number {
  switch (source) {
    case 'gnss':
      return policy.gnssAccuracyM
    case 'wifi':
      return policy.wifiAccuracyM
    case 'cell':
      return policy.cellAccuracyM
    case 'beacon':
      return policy.beaconAccuracyM
  }
}
