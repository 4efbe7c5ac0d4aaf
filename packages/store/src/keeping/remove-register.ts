import type { Queryable } from '../connection/store.ts'
import { lockConfiguration } from '../register/lock-configuration.ts'
import { REGISTER_RELATIONS } from './personal-relations.ts'
import { type RemovalCause, recordRemovals } from './record-removals.ts'
import { removeRows } from './remove-rows.ts'

// The log of the register has no entry for what is deleted: by this one, ingests read the wearer again and find nobody.
const TELL = { name: 'tell-of-erasure', text: 'update activations set valid_to = valid_to where wearer_id = $1' }
const OWN_ZONES = {
  name: 'read-zones-of-one-wearer',
  text: `
    select distinct zone_id as id from conditions c join orders o on o.id = c.order_id
     where o.wearer_id = $1
       and not exists (select from conditions other join orders theirs on theirs.id = other.order_id
                        where other.zone_id = c.zone_id and theirs.wearer_id <> $1)
       and not exists (select from incidents i where i.zone_id = c.zone_id)
       and not exists (select from visits v where v.zone_id = c.zone_id)`,
}
const REMOVE_VERSIONS = {
  name: 'remove-zone-versions',
  text: 'delete from zone_versions where zone_id = any($1::bigint[])',
}
const REMOVE_ZONES = { name: 'remove-zones', text: 'delete from zones where id = any($1::bigint[])' }
const REMOVE_MARKS = {
  name: 'remove-track-marks',
  text: 'delete from tracks_removed where activation_id in (select id from activations where wearer_id = $1)',
}
/** More orders, conditions or activations than any one person has. */
const ALL = 1_000_000

/**
 * Removes the wearer's rows of the register, and the zones that were only ever this wearer's; a shared zone stays. What refers to
 * them must be gone already: otherwise a foreign key says so. Gives the rows by table. In a transaction.
 */
export async function removeRegister(
  inside: Queryable,
  wearerId: string,
  cause: RemovalCause,
): Promise<Readonly<Record<string, number>>> {
  await lockConfiguration(inside)
  await inside.execute(TELL, [wearerId])
  const zones = (await inside.query<{ readonly id: string }>(OWN_ZONES, [wearerId])).map(({ id }) => id)
  await inside.execute(REMOVE_MARKS, [wearerId])
  const removed: Record<string, number> = {}
  for (const relation of REGISTER_RELATIONS) {
    const { rows } = await removeRows(inside, relation, [wearerId], { cause, rowsAtOnce: ALL })
    removed[relation.relation] = rows
    if (relation.relation === 'conditions') Object.assign(removed, await removeZones(inside, zones, cause))
  }
  return removed
}

async function removeZones(inside: Queryable, ids: readonly string[], cause: RemovalCause) {
  if (ids.length === 0) return { zone_versions: 0, zones: 0 }
  const removed = {
    zone_versions: await inside.execute(REMOVE_VERSIONS, [ids]),
    zones: await inside.execute(REMOVE_ZONES, [ids]),
  }
  const removals = Object.entries(removed).map(([relation, rows]) => ({
    ...{ relation, activationId: null, from: null, to: null },
    rows: String(rows),
  }))
  await recordRemovals(inside, cause, removals)
  return removed
}
