import type { WatchPolicy } from '../policy/policy.ts'
import { flatDistanceM } from './flat-distance.ts'
import type { Sight } from './sight.ts'

/** How the wearer got from one fix to the next, as far as two fixes can tell. */
export interface Motion {
  readonly elapsedMs: number
  /** Metres on the straight way. */
  readonly distanceM: number
  /** Metres that were at least travelled: by the speeds the tag gave, or by what the distance exceeds both errors. */
  readonly travelledM: number
  readonly isMoving: boolean
  /** Time in which the error of a fix falls to 1 / e of what it was. */
  readonly correlationMs: number
}

export function motionBetween(before: Sight, now: Sight, policy: WatchPolicy): Motion {
  const elapsedMs = now.at - before.at
  const seconds = elapsedMs / 1_000
  const distanceM = flatDistanceM(before, now)
  const beyondErrorM = Math.max(0, distanceM - (before.radiusM + now.radiusM) / 2)
  // a speed of nought says little of the minute between two fixes, a speed above says that the wearer was on the way
  const speed = Math.max(before.speed ?? 0, now.speed ?? 0)
  const bySpeedM = speed >= policy.movingSpeedMps ? speed * seconds : 0
  const travelledM = Math.max(beyondErrorM, bySpeedM)
  const isMoving = seconds > 0 && travelledM / seconds >= policy.movingSpeedMps
  const correlationMs = isMoving ? policy.movingCorrelationMs : policy.stillCorrelationMs
  return { elapsedMs, distanceM, travelledM, isMoving, correlationMs }
}

/** Metres per second that the wearer must at least have gone, allowing for both circles. */
export function leastSpeedMps(before: Sight, now: Sight): number {
  const metres = Math.max(0, flatDistanceM(before, now) - before.radiusM - now.radiusM)
  const seconds = Math.max(now.at - before.at, 1) / 1_000
  return metres / seconds
}
