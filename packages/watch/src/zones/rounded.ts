/** To 1 / `steps`. Adding 0 turns −0, which JSON does not keep, into 0. */
export function rounded(value: number, steps: number): number {
  return Math.round(value * steps) / steps + 0
}
