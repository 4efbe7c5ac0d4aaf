import type { ActivationId } from '@cordon/contract'

/** [from, to) of an activation, epoch milliseconds. Those of one activation do not overlap. */
export interface TrackRange {
  readonly activationId: ActivationId
  readonly from: number
  readonly to: number
}

export interface RangedFixes {
  /** A FROM clause with its conditions; `fix` is a row of `fixes`. */
  readonly from: string
  readonly values: readonly unknown[]
}

const IN_SPAN = 'fix.activation_id = any($1) and fix.measured_at >= $2 and fix.measured_at < $3'

/**
 * The fixes of the ranges. Where all are of the same time they need no join, which is a quarter of what the scan costs. Elsewhere
 * the conditions besides the join let the planner leave out chunks and other activations. Statements on this have no name, so that
 * each is planned for the values that it has.
 */
export function rangedFixes(ranges: readonly TrackRange[]): RangedFixes {
  const ids = ranges.map(({ activationId }) => activationId)
  const since = Math.min(...ranges.map(({ from }) => from))
  const until = Math.max(...ranges.map(({ to }) => to))
  const span = [ids, new Date(since), new Date(until)]
  if (ranges.every(({ from, to }) => from === since && to === until)) {
    return { from: `from fixes fix where ${IN_SPAN}`, values: span }
  }
  const from = `
    from unnest($1::bigint[], $4::timestamptz[], $5::timestamptz[]) as range (id, since, until)
    join fixes fix on fix.activation_id = range.id and fix.measured_at >= range.since and fix.measured_at < range.until
   where ${IN_SPAN}`
  return { from, values: [...span, ranges.map(range => new Date(range.from)), ranges.map(({ to }) => new Date(to))] }
}
