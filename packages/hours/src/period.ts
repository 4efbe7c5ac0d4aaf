/** A stretch of time, epoch milliseconds: `from` belongs to it, `to` does not. Infinite where it has no beginning or end. */
export interface Period {
  readonly from: number
  readonly to: number
}

/** The times in any of `periods`, in order; what overlaps or touches is one. Empty periods count for nothing. */
export function joinPeriods(periods: readonly Period[]): readonly Period[] {
  const joined: { from: number; to: number }[] = []
  for (const { from, to } of periods.filter(isSome).sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last === undefined || from > last.to) joined.push({ from, to })
    else last.to = Math.max(last.to, to)
  }
  return joined
}

/** The times in `periods` and in none of `taken`. */
export function takeAway(periods: readonly Period[], taken: readonly Period[]): readonly Period[] {
  let left = periods
  for (const cut of taken.filter(isSome)) left = left.flatMap(period => without(period, cut))
  return left
}

/** What of `periods` lies within `bounds`. */
export function clipPeriods(periods: readonly Period[], bounds: Period): readonly Period[] {
  return periods
    .map(({ from, to }) => ({ from: Math.max(from, bounds.from), to: Math.min(to, bounds.to) }))
    .filter(isSome)
}

function without(period: Period, cut: Period): readonly Period[] {
  const before = { from: period.from, to: Math.min(period.to, cut.from) }
  const after = { from: Math.max(period.from, cut.to), to: period.to }
  return [before, after].filter(isSome)
}

function isSome({ from, to }: Period): boolean {
  return from < to
}
