import { isCordonError } from '@cordon/runtime'
import type { Store } from '../connection/store.ts'

export interface Mention {
  readonly relation: string
  readonly column: string
  /** null: the table is too large to be searched in the time that a statement has; a person has to. */
  readonly rows: number | null
}

const ofAnother = 'r.wearer_id <> $3'

/** Where people write freely, so where the record of somebody else can speak of this wearer; and what sets the wearer's own rows apart. */
const WRITTEN_BY_PEOPLE: readonly (readonly [relation: string, column: string, others?: string])[] = [
  ['wearers', 'name', 'r.id <> $3'],
  ['orders', 'authority', ofAnother],
  [
    'zone_versions',
    'name',
    `not exists (select from conditions c join orders o on o.id = c.order_id where c.zone_id = r.zone_id and o.wearer_id = $3)`,
  ],
  ['passes', 'reason'],
  ['suspensions', 'reason'],
  ['incidents', 'police_reference'],
  ['incident_actions', 'body'],
  ['policies', 'note'],
  ['legal_holds', 'reason', ofAnother],
  ['legal_holds', 'end_reason', ofAnother],
  ['audit_entries', 'detail'],
  ['erasures', 'reason'],
  ['erasures', 'reference'],
]

const NAMES = {
  name: 'read-names-to-find',
  text: 'select lower(name) as name, lower(reference) as reference from wearers where id = $1',
}

/**
 * Where a wearer's name or reference stands in what was written about others. Those rows are not this wearer's, and another person
 * may have the same name: they are counted for somebody to look at, not changed. Asked when of the wearer only the register is left.
 */
export async function findMentions(store: Store, wearerId: string): Promise<readonly Mention[]> {
  const [names] = await store.query<{ readonly name: string; readonly reference: string }>(NAMES, [wearerId])
  if (names === undefined) return []
  const mentions: Mention[] = []
  for (const [relation, column, others = '$3::bigint is not null'] of WRITTEN_BY_PEOPLE) {
    const text = `lower(r.${column}::text)`
    const sql = `select count(*)::int as rows from ${relation} r
      where (position($1 in ${text}) > 0 or position($2 in ${text}) > 0) and ${others}`
    const rows = await countOrGiveUp(store, sql, [names.name, names.reference, wearerId])
    if (rows !== 0) mentions.push({ relation, column, rows })
  }
  return mentions
}

async function countOrGiveUp(store: Store, sql: string, values: readonly unknown[]): Promise<number | null> {
  try {
    const [row] = await store.query<{ readonly rows: number }>(sql, values)
    return row?.rows ?? 0
  } catch (error) {
    if (isCordonError(error, 'timed-out')) return null
    throw error
  }
}
