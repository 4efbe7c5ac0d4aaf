import type { ActivationId, WearerId } from '@cordon/contract'
import { type PreviewQuestion, type Queryable, readPreviewFixes, type WatchConfiguration } from '@cordon/store'
import type { OpenPeriod, Period } from '@cordon/watch'
import type { PreviewTrail, WearerCoverage } from './preview-parts.ts'

type WatchedActivation = WatchConfiguration['activations'][number]
type Trail = Omit<PreviewTrail, 'fixes'>

export interface TrailReader {
  /** The stored fixes, as far as an order was in force and the tag was on the wearer. To be gone through once. */
  trails(): AsyncGenerator<readonly PreviewTrail[]>
  /** How much was seen of each; complete when the trails have been gone through. */
  coverage(): readonly WearerCoverage[]
}

const QUARTER_MS = 900_000

export interface TrailQuestion {
  readonly wearerIds: readonly WearerId[]
  readonly watched: readonly WatchedActivation[]
  readonly span: Period
  readonly keep: PreviewQuestion['keep']
}

export function createTrailReader(database: Queryable, question: TrailQuestion): TrailReader {
  const { wearerIds, watched, span, keep } = question
  const trailOf = new Map<ActivationId, Trail>(watched.map(one => [one.activation.id, toTrail(one)]))
  const seen = new Map(wearerIds.map(wearerId => [wearerId, { fixes: 0, quarters: new Set<number>() }]))
  const quarters = Math.ceil(span.to / QUARTER_MS) - Math.floor(span.from / QUARTER_MS)
  return {
    async *trails() {
      const ranges = [...trailOf.values()].flatMap(trail => rangesOf(trail, span))
      for await (const tracks of readPreviewFixes(database, { ranges, keep })) {
        yield tracks.flatMap(({ activationId, columns, ...track }) => {
          const trail = trailOf.get(activationId)
          if (trail === undefined) return []
          const sum = seen.get(trail.wearerId)
          if (sum !== undefined) {
            sum.fixes += track.fixes
            for (const quarter of track.quarters) sum.quarters.add(quarter)
          }
          return [{ ...trail, fixes: columns }]
        })
      }
    },
    coverage: () =>
      [...seen].map(([wearerId, sum]) => ({ wearerId, fixes: sum.fixes, share: sum.quarters.size / quarters })),
  }
}

function toTrail({ activation, orders, risk }: WatchedActivation): Trail {
  const { id: activationId, wearerId, from, to } = activation
  return { wearerId, risk, orders: joinPeriods(orders.map(withEnd)), activation: { activationId, from, to } }
}

/** The times of which fixes are read. */
function rangesOf({ activation, orders }: Trail, span: Period) {
  const { activationId } = activation
  const bounds = withEnd(activation)
  return orders
    .map(order => ({
      activationId,
      from: Math.max(order.from, bounds.from, span.from),
      to: Math.min(order.to, bounds.to, span.to),
    }))
    .filter(({ from, to }) => from < to)
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
