import { APPENDED_RELATIONS, type ChainedRelation, digestOf, WRITTEN_RELATIONS } from '../chained-relations.ts'
import type { Finding } from './finding.ts'
import type { Period } from './read-stored-fixes.ts'
import type { VerifyParts } from './verify-fixes.ts'

export const CHAINED_RELATIONS: readonly ChainedRelation[] = [
  ...Object.values<ChainedRelation>(WRITTEN_RELATIONS),
  ...APPENDED_RELATIONS,
]

/** What Cordon adds to is sealed some seconds later (seal-appended.ts): only then can it be missed there. */
const SEALED_WITHIN_MS = 300_000

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

interface Changed {
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

export interface RecordsChecked {
  readonly relation: string
  readonly entries: number
}

/** Holds the rows of a relation that were recorded in the period against their newest entries. `now` in epoch ms. */
export async function verifyRecords(
  parts: VerifyParts,
  relation: ChainedRelation,
  period: Period,
  now: number,
): Promise<RecordsChecked> {
  const { snapshot, found } = parts
  const bounds = [new Date(period.from), new Date(period.to)]
  for (const changed of await snapshot.query<Changed>(changedText(relation), bounds)) {
    if (!isLawful(parts, relation, changed)) found(toFinding(parts, relation, changed))
  }
  const since = Math.max(period.from, sealedSince(parts, relation))
  const until = Math.min(period.to, isAppended(relation) ? now - SEALED_WITHIN_MS : period.to)
  if (since < until) {
    const inserted = await snapshot.query<{ key: string; at: number }>(insertedText(relation), [
      new Date(since),
      new Date(until),
    ])
    for (const row of inserted) found(toInserted(relation, row))
  }
  const [counted] = await snapshot.query<{ entries: number }>(countText, [...bounds, relation.name])
  return { relation: relation.name, entries: counted?.entries ?? 0 }
}

const isAppended = ({ name }: ChainedRelation) => APPENDED_RELATIONS.some(relation => relation.name === name)

/** What was only ever added to is sealed from its first row on; the rest from when there was a chain. */
const sealedSince = ({ chains }: VerifyParts, relation: ChainedRelation): number =>
  isAppended(relation) ? 0 : Math.min(...chains.filter(({ kind }) => kind === 'records').map(({ since }) => since))

/** Gone, or emptied of what says who it was about (audit entries), and a removal on record says so. */
function isLawful({ coverage }: VerifyParts, { name }: ChainedRelation, changed: Changed): boolean {
  const { activationId, about, at, isThere, isSealed } = changed
  if (!isSealed || (isThere && name !== 'audit_entries')) return false
  return coverage.covers({ relation: name, activationId, about, sealedAt: at })
}

function toFinding({ places }: VerifyParts, { name }: ChainedRelation, changed: Changed): Finding {
  const { key, chainId, position, after, at, isThere, isSealed } = changed
  const of = { table: name, row: key, batch: places.placeAt(chainId, position), between: [after, at] as const }
  if (!isThere) return { ...of, kind: 'missing', detail: 'was recorded and is not there; no removal covers it' }
  if (!isSealed) return { ...of, kind: 'inserted', detail: 'is there, though it was taken back' }
  return { ...of, kind: 'altered', detail: 'is not what was recorded' }
}

const toInserted = ({ name }: ChainedRelation, { key, at }: { key: string; at: number }): Finding => ({
  ...{ kind: 'inserted', table: name, row: key, batch: null, between: [null, null] },
  detail: `says that it is of ${new Date(at).toISOString()}, and no chain holds it`,
})
