import type { Fix, SetAside } from '@cordon/contract'
import type { WatchPolicy } from './policy.ts'
import type { FixIdentity, WatchState } from './state.ts'
import type { Activation } from './watched-condition.ts'

/** `unusable`: without a place, a time or a number of its own. The decoders let none through; here it must do no harm. */
export type Admission = 'judge' | 'unusable' | SetAside['reason']

/** Whether a fix takes its place at the end of the judged timeline, and if not, why. */
export function admit(
  fix: Fix,
  { recent }: WatchState,
  { activation, policy }: { activation: Activation; policy: WatchPolicy },
): Admission {
  if (!isUsable(fix)) return 'unusable'
  if (fix.measuredAt - fix.receivedAt > policy.futureMs) return 'future'
  if (fix.measuredAt < activation.from) return 'before-activation'
  if (activation.to !== null && fix.measuredAt >= activation.to) return 'after-activation'
  const last = recent.at(-1)
  if (last === undefined || comesAfter(fix, last)) return 'judge'
  const isRepeat = recent.some(([measuredAt, seq]) => measuredAt === fix.measuredAt && seq === fix.seq)
  return isRepeat ? 'duplicate' : 'older-than-judged'
}

/** The order of the timeline: by the time of measurement, then by the tag's own number. */
export function byMeasurement(a: Fix, b: Fix): number {
  return a.measuredAt - b.measuredAt || a.seq - b.seq
}

export function isUsable({ measuredAt, receivedAt, seq, lon, lat }: Fix): boolean {
  const isTimed = Number.isFinite(measuredAt) && Number.isFinite(receivedAt) && Number.isFinite(seq)
  return isTimed && Math.abs(lon) <= 180 && Math.abs(lat) <= 90
}

function comesAfter(fix: Fix, [measuredAt, seq]: FixIdentity): boolean {
  return fix.measuredAt > measuredAt || (fix.measuredAt === measuredAt && fix.seq > seq)
}
