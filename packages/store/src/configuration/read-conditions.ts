import { asId, type Hours, type WearerId, type ZoneGeometry, type ZoneKind } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { groupBy } from './group-by.ts'
import type { WatchedCondition } from './watch-configuration.ts'

/** `least` passes over nulls: the earlier of the ends that there are. */
const READ_CONDITIONS = {
  name: 'read-watched-conditions',
  text: `
    select condition.id, wearer_id, zone_id, kind, hours, priority,
           greatest(condition.valid_from, "order".valid_from) as valid_from,
           least(condition.valid_to, "order".valid_to) as valid_to
      from conditions condition
      join orders "order" on "order".id = order_id
      join zones on zones.id = zone_id
     where ($1::bigint[] is null or wearer_id = any($1))
       and greatest(condition.valid_from, "order".valid_from)
         < coalesce(least(condition.valid_to, "order".valid_to), 'infinity')
     order by condition.id`,
}

const READ_PASSES = {
  name: 'read-watched-passes',
  text: `
    select condition_id, pass.valid_from, pass.valid_to, corridor
      from passes pass
      join conditions condition on condition.id = condition_id
      join orders on orders.id = order_id
     where $1::bigint[] is null or wearer_id = any($1)
     order by pass.valid_from, pass.id`,
}

interface ConditionRow {
  readonly id: string
  readonly wearer_id: string
  readonly zone_id: string
  readonly kind: ZoneKind
  readonly hours: Hours | null
  readonly priority: number
  readonly valid_from: number
  readonly valid_to: number | null
}

interface PassRow {
  readonly condition_id: string
  readonly valid_from: number
  readonly valid_to: number
  readonly corridor: ZoneGeometry | null
}

/** Conditions of each wearer. One whose order and own validity never meet is left out. */
export async function readConditions(
  inside: Queryable,
  wearerIds: readonly string[] | null,
): Promise<ReadonlyMap<WearerId, readonly WatchedCondition[]>> {
  const [conditions, passes] = await Promise.all([
    inside.query<ConditionRow>(READ_CONDITIONS, [wearerIds]),
    inside.query<PassRow>(READ_PASSES, [wearerIds]),
  ])
  const passesOf = groupBy(passes, pass => pass.condition_id)
  const ofWearer = groupBy(conditions, row => asId<WearerId>(row.wearer_id))
  return new Map([...ofWearer].map(([wearerId, rows]) => [wearerId, rows.map(row => toCondition(row, passesOf))]))
}

function toCondition(row: ConditionRow, passesOf: ReadonlyMap<string, readonly PassRow[]>): WatchedCondition {
  return {
    conditionId: asId(row.id),
    zoneId: asId(row.zone_id),
    kind: row.kind,
    hours: row.hours,
    priority: row.priority,
    from: row.valid_from,
    to: row.valid_to,
    passes: (passesOf.get(row.id) ?? []).map(({ valid_from: from, valid_to: to, corridor }) => ({
      from,
      to,
      corridor,
    })),
  }
}
