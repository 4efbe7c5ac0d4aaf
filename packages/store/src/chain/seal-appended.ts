import type { Queryable, Store } from '../connection/store.ts'
import { createChainMoved, isChainMoved } from './chain-moved.ts'
import type { ChainTip } from './chain-tip.ts'
import { APPENDED_RELATIONS, type AppendedRelation, enterRows } from './chained-relations.ts'
import { linkRecords } from './link-records.ts'
import { openChain } from './open-chain.ts'

const NAME = 'sealer'
/** Whoever holds it seals; the others have nothing to do then. */
const LOCK = { name: 'lock-sealer', text: 'select pg_try_advisory_xact_lock(4201005) as "isMine"' }
/** Rows of one relation in one link. */
const ROWS_AT_ONCE = 2_000
/**
 * A row can be committed after one with a higher number. No transaction of Cordon's lasts longer than a minute (a statement may take
 * 30 s, and so may the pause between two), so below what was sealed five minutes ago nothing comes any more.
 */
const SETTLED_AFTER = `interval '5 minutes'`

const settledBelow = ({ name }: AppendedRelation) => ({
  name: `read-settled-${name}`,
  text: `
    select coalesce(max(key::bigint), 0)::text as number from chain_entries join chain_links link using (chain_id, position)
     where relation = '${name}' and link.at < now() - ${SETTLED_AFTER} and key::bigint > $1::bigint`,
})

const enter = (relation: AppendedRelation) => ({
  name: `enter-${relation.name}`,
  text: enterRows(
    relation,
    `${relation.name} r where r.${relation.number} > $3::bigint and not exists (
       select from chain_entries e where e.relation = '${relation.name}' and e.key = ${relation.key})
     order by r.${relation.number} limit ${ROWS_AT_ONCE}`,
  ),
})

/** Below which number everything is sealed, by relation: found anew now and then, for it is a look at what was sealed since. */
export type Settled = Map<string, { readonly number: string; readonly at: number }>

const LOOK_EVERY_MS = 60_000

/**
 * Seals what people and programs have added to the record since: incident changes, actions, audit entries, removals. One at a time,
 * whoever calls. Gives how many rows; fewer than a page of each means that all are sealed.
 */
export async function sealAppended(store: Store, settled: Settled, now: number): Promise<number> {
  const tip = await openChain(store, NAME, 'records')
  const place = { ...tip, position: tip.position + 1 }
  try {
    return await store.transaction(inside => sealAt(inside, place, { settled, now }))
  } catch (error) {
    if (isChainMoved(error)) return 0 // somebody else has just done it
    throw error
  }
}

interface SealOptions {
  readonly settled: Settled
  readonly now: number
}

async function sealAt(inside: Queryable, place: ChainTip, { settled, now }: SealOptions): Promise<number> {
  const [lock] = await inside.query<{ isMine: boolean }>(LOCK)
  if (lock?.isMine !== true) return 0
  let sealed = 0
  for (const relation of APPENDED_RELATIONS) {
    const from = await settledOf(inside, relation, { settled, now })
    sealed += await inside.execute(enter(relation), [place.chainId, place.position, from])
  }
  if ((await linkRecords(inside, place)) === 'moved') throw createChainMoved()
  return sealed
}

async function settledOf(
  inside: Queryable,
  relation: AppendedRelation,
  { settled, now }: SealOptions,
): Promise<string> {
  const known = settled.get(relation.name)
  if (known !== undefined && Math.abs(now - known.at) < LOOK_EVERY_MS) return known.number
  const before = known?.number ?? '0'
  const [row] = await inside.query<{ number: string }>(settledBelow(relation), [before])
  const number = row === undefined || row.number === '0' ? before : row.number
  settled.set(relation.name, { number, at: now })
  return number
}
