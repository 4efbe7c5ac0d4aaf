import type { Queryable } from '../connection/store.ts'
import { appendLink } from './chain-statements.ts'
import type { ChainTip } from './chain-tip.ts'

/** What is hashed of an entry `e`. */
const ENTRY = `jsonb_build_array(e.id, e.relation, e.key, e.activation_id, e.about, encode(e.digest, 'hex'))::text`

/** SHA-256 of the entries of one link, as SQL with their number; no row without entries. */
export const entriesOf = (chain: string, position: string): string => `
  select count(*)::integer as rows, sha256(convert_to(string_agg(${ENTRY}, '' order by e.id), 'UTF8')) as content
    from chain_entries e where (e.chain_id, e.position) = (${chain}, ${position}) having count(*) > 0`

const APPEND = {
  name: 'append-record-link',
  text: `
    with link as (
      ${appendLink(`
        select rows, null::timestamptz as measured_from, null::timestamptz as measured_to, content
          from (${entriesOf('$1::integer', '$2::bigint')}) as entries`)}
      returning 1
    )
    select (select count(*)::integer from link) as links,
           (select count(*)::integer from chain_entries where (chain_id, position) = ($1::integer, $2::bigint)) as entries`,
}

/** `moved`: the chain does not end where it was thought to. */
export type Linked = 'linked' | 'nothing' | 'moved'

/** Links the entries that the transaction has made at that place. */
export async function linkRecords(inside: Queryable, { chainId, position }: ChainTip): Promise<Linked> {
  const [row] = await inside.query<{ links: number; entries: number }>(APPEND, [chainId, position])
  if (row === undefined || row.entries === 0) return 'nothing'
  return row.links === 1 ? 'linked' : 'moved'
}
