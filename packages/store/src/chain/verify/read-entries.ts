import type { Queryable } from '../../connection/store.ts'
import { type ChainedRelation, digestOf } from '../chained-relations.ts'
import type { Period } from './read-stored-fixes.ts'

const LINK = 'join chain_links link using (chain_id, position)'

/** The newest entry `e` of each row that got one in the period; of those, the rows that are not as it says. */
const changedText = (relation: ChainedRelation) => `
  with touched as (
    select distinct key from chain_entries ${LINK} where relation = '${relation.name}' and link.at >= $1 and link.at < $2
  ), e as (
    select newest.* from touched, lateral (
      select entry.*, link.at, (select before.at from chain_links before
                                 where (before.chain_id, before.position) = (entry.chain_id, entry.position - 1)) as after
        from chain_entries entry ${LINK} where relation = '${relation.name}' and key = touched.key order by entry.id desc limit 1
    ) newest
  )
  select e.key, e.chain_id as "chainId", e.position::float8 as position, e.at, e.after, e.activation_id::text as "activationId",
         extract(epoch from e.about)::float8 * 1000 as about, r.found is not null as "isThere", e.digest is not null as "isSealed"
    from e left join lateral (
      select true as found, ${digestOf(relation)} as digest from ${relation.name} r where ${relation.find} and ${relation.key} = e.key
    ) r on true
   where r.digest is distinct from e.digest order by e.id`

const insertedText = (relation: ChainedRelation) => `
  select ${relation.key} as key, ${relation.recorded} as at from ${relation.name} r
   where ${relation.recorded} >= $1 and ${relation.recorded} < $2
     and not exists (select from chain_entries e where e.relation = '${relation.name}' and e.key = ${relation.key})`

const countText = `
  select count(*)::float8 as entries from chain_entries ${LINK}
   where relation = $3 and link.at >= $1 and link.at < $2`

/** A row that is not as its newest entry says. */
export interface Changed {
  readonly key: string
  readonly chainId: number
  readonly position: number
  readonly at: number
  readonly after: number | null
  readonly activationId: string | null
  readonly about: number | null
  readonly isThere: boolean
  readonly isSealed: boolean
}

export interface Inserted {
  readonly key: string
  /** When it says that it was recorded. */
  readonly at: number
}

const boundsOf = ({ from, to }: Period) => [new Date(from), new Date(to)]

/** Of the rows that got an entry in the period, those that are not as their newest entry says. */
export const readChanged = (database: Queryable, relation: ChainedRelation, period: Period) =>
  database.query<Changed>(changedText(relation), boundsOf(period))

/** Rows that say they were recorded in the period and have no entry. */
export const readInserted = (database: Queryable, relation: ChainedRelation, period: Period) =>
  database.query<Inserted>(insertedText(relation), boundsOf(period))

/** How many entries were made in the period. */
export async function countEntries(database: Queryable, relation: ChainedRelation, period: Period): Promise<number> {
  const [counted] = await database.query<{ entries: number }>(countText, [...boundsOf(period), relation.name])
  return counted?.entries ?? 0
}
