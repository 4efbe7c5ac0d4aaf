import type { WearerId } from '@cordon/contract'
import type { Store } from '../connection/store.ts'
import { readActivations } from './read-activations.ts'
import { readConditions } from './read-conditions.ts'
import { readSupervision } from './read-supervision.ts'
import { readWatchedZones } from './read-watched-zones.ts'
import type { Period, WatchConfiguration, WatchedCondition } from './watch-configuration.ts'

export interface WatchScope {
  /** Everybody when left out. */
  readonly wearerIds?: readonly WearerId[]
  /** Epoch milliseconds: leaves out activations that ended at or before it. */
  readonly endedAfter?: number
}

/**
 * What every activation is watched for, of all zone kinds, as of one moment: one snapshot, one round trip. To miss no change, take
 * the configuration cursor first and go on from it: what changed in between is then read twice, never not at all.
 */
export async function readWatchConfiguration(
  store: Store,
  { wearerIds, endedAfter }: WatchScope = {},
): Promise<WatchConfiguration> {
  const of = wearerIds ?? null
  return store.transaction(async inside => {
    const [, activations, conditions, supervision, zones] = await Promise.all([
      inside.execute('set transaction isolation level repeatable read, read only'),
      readActivations(inside, of, endedAfter ?? null),
      readConditions(inside, of),
      readSupervision(inside, of),
      readWatchedZones(inside, of),
    ])
    const watched = activations.map(activation => ({
      activation,
      conditions: (conditions.get(activation.wearerId) ?? []).filter(condition => overlaps(condition, activation)),
      orders: (supervision.orders.get(activation.wearerId) ?? []).filter(order => overlaps(order, activation)),
      suspensions: (supervision.suspensions.get(activation.wearerId) ?? []).filter(period =>
        overlaps(period, activation),
      ),
      risk: supervision.risks.get(activation.wearerId) ?? 'standard',
    }))
    return { activations: watched, zones: onlyUsed(zones, watched) }
  })
}

function overlaps(a: Period, b: Period): boolean {
  return (b.to === null || a.from < b.to) && (a.to === null || b.from < a.to)
}

function onlyUsed(
  zones: WatchConfiguration['zones'],
  watched: readonly { readonly conditions: readonly WatchedCondition[] }[],
): WatchConfiguration['zones'] {
  const used = new Set(watched.flatMap(({ conditions }) => conditions.map(({ zoneId }) => zoneId)))
  return new Map([...zones].filter(([zoneId]) => used.has(zoneId)))
}
