import type { ActivationId } from '@cordon/contract'

/** [from, to) of an activation, epoch milliseconds. Those of one activation do not overlap. */
export interface TrackRange {
  readonly activationId: ActivationId
  readonly from: number
  readonly to: number
}

/**
 * `fix`: the fixes of the ranges, whose values are $1 to $5. The conditions besides the join are for the planner: they let it leave
 * out chunks and other activations. Statements on this have no name, so that each is planned for the values that it has.
 */
export const RANGED_FIXES = `
  unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[]) as range (id, since, until)
  join fixes fix on fix.activation_id = range.id and fix.measured_at >= range.since and fix.measured_at < range.until
   and fix.activation_id = any($1) and fix.measured_at >= $4 and fix.measured_at < $5`

export function rangeValues(ranges: readonly TrackRange[]): readonly unknown[] {
  return [
    ranges.map(({ activationId }) => activationId),
    ranges.map(({ from }) => new Date(from)),
    ranges.map(({ to }) => new Date(to)),
    new Date(Math.min(...ranges.map(({ from }) => from))),
    new Date(Math.max(...ranges.map(({ to }) => to))),
  ]
}
