import type { WearerId } from '@cordon/contract'
import { type Queryable, readFixColumns, type WatchConfiguration } from '@cordon/store'
import type { OpenPeriod, Period } from '@cordon/watch'
import type { PreviewActivation, PreviewWearer } from './preview-parts.ts'

type WatchedActivation = WatchConfiguration['activations'][number]

/** One statement reads so much of a track at most: of a tag with a fix a second, 35 MB. */
const STRETCH_MS = 7 * 86_400_000

/** The stored tracks of a wearer in that time, as far as an order was in force and the tag was on them. */
export async function readWearer(
  database: Queryable,
  wearerId: WearerId,
  { watched, span }: { readonly watched: readonly WatchedActivation[]; readonly span: Period },
): Promise<PreviewWearer> {
  const orders = joinPeriods(watched.flatMap(({ orders: some }) => some).map(withEnd))
  const activations: PreviewActivation[] = []
  for (const one of watched) activations.push(await readActivation(database, one, clip(orders, span)))
  return { wearerId, risk: watched[0]?.risk ?? 'standard', orders, activations }
}

async function readActivation(
  database: Queryable,
  { activation }: WatchedActivation,
  orders: readonly Period[],
): Promise<PreviewActivation> {
  const { id: activationId, from, to } = activation
  const stretches = clip(orders, withEnd(activation)).flatMap(cut)
  const fixes: PreviewActivation['fixes'][number][] = []
  for (const stretch of stretches) fixes.push(await readFixColumns(database, { activationId, ...stretch }))
  return { activationId, from, to, fixes }
}

const withEnd = ({ from, to }: OpenPeriod): Period => ({ from, to: to ?? Number.POSITIVE_INFINITY })

/** What overlaps or touches is one. */
function joinPeriods(periods: readonly Period[]): readonly Period[] {
  const joined: { from: number; to: number }[] = []
  for (const { from, to } of periods.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last === undefined || from > last.to) joined.push({ from, to })
    else last.to = Math.max(last.to, to)
  }
  return joined
}

function clip(periods: readonly Period[], { from, to }: Period): readonly Period[] {
  return periods
    .map(period => ({ from: Math.max(period.from, from), to: Math.min(period.to, to) }))
    .filter(period => period.from < period.to)
}

function cut({ from, to }: Period): readonly Period[] {
  const count = Math.ceil((to - from) / STRETCH_MS)
  return Array.from({ length: count }, (_, index) => ({
    from: from + index * STRETCH_MS,
    to: Math.min(to, from + (index + 1) * STRETCH_MS),
  }))
}
