import type { LonLat } from './geometry.ts'

/**
 * How two segments meet: `cross` in one point inside both, `touch` in one point that is an end of one of them,
 * `overlap` along a stretch.
 */
export interface Contact {
  readonly kind: 'cross' | 'touch' | 'overlap'
  readonly at: LonLat
}

/** How segment ab meets segment cd, or undefined. Exact for shared ends; else as exact as doubles are (1e-9 m). */
export function contactOf(a: LonLat, b: LonLat, c: LonLat, d: LonLat): Contact | undefined {
  const sideC = turn(a, b, c)
  const sideD = turn(a, b, d)
  const sideA = turn(c, d, a)
  const sideB = turn(c, d, b)
  if (sideC * sideD > 0 || sideA * sideB > 0) return undefined
  if (sideC * sideD < 0 && sideA * sideB < 0) return { kind: 'cross', at: along(c, d, sideC / (sideC - sideD)) }
  const ends = [
    sideC === 0 && isWithin(c, a, b) ? c : undefined,
    sideD === 0 && isWithin(d, a, b) ? d : undefined,
    sideA === 0 && isWithin(a, c, d) ? a : undefined,
    sideB === 0 && isWithin(b, c, d) ? b : undefined,
  ].filter(end => end !== undefined)
  const [first, ...others] = ends
  if (first === undefined) return undefined
  const apart = others.find(end => !isSame(end, first))
  return apart === undefined ? { kind: 'touch', at: first } : { kind: 'overlap', at: along(first, apart, 0.5) }
}

export function isSame(a: LonLat, b: LonLat): boolean {
  return a[0] === b[0] && a[1] === b[1]
}

/** The point at the share `t` of the way from a to b. */
export function along(a: LonLat, b: LonLat, t: number): LonLat {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
}

/** Positive when c lies left of the line from a to b; exactly 0 when c is a or b. */
function turn(a: LonLat, b: LonLat, c: LonLat): number {
  return (a[0] - c[0]) * (b[1] - c[1]) - (a[1] - c[1]) * (b[0] - c[0])
}

function isWithin(p: LonLat, a: LonLat, b: LonLat): boolean {
  return (
    p[0] >= Math.min(a[0], b[0]) &&
    p[0] <= Math.max(a[0], b[0]) &&
    p[1] >= Math.min(a[1], b[1]) &&
    p[1] <= Math.max(a[1], b[1])
  )
}
