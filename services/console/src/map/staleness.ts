/** Greyed beyond 5 minutes, struck out beyond 15 (requirement R17): a stale position never looks live. */
const staleAfterMs = 5 * 60_000
const lostAfterMs = 15 * 60_000

export type AgeClass = 'live' | 'stale' | 'lost'

/** Age of a position from the moment it was measured, both in epoch milliseconds. */
export function ageClass(measuredAtMs: number, nowMs: number): AgeClass {
  const ageMs = nowMs - measuredAtMs
  if (ageMs > lostAfterMs) return 'lost'
  return ageMs > staleAfterMs ? 'stale' : 'live'
}
