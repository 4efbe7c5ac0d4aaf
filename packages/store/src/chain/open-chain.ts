import type { Queryable } from '../connection/store.ts'
import { linkHash } from './chain-statements.ts'
import type { ChainKind, ChainTip } from './chain-tip.ts'

const BEGIN = {
  name: 'begin-chain',
  text: `insert into chains (id, name, kind) select coalesce(max(id), 0) + 1, $1, $2 from chains
         having count(*) filter (where name = $1 and kind = $2) = 0 on conflict do nothing`,
}
const BEGIN_LINKS = {
  name: 'begin-chain-links',
  text: `
    insert into chain_links (chain_id, position, at, rows, content, hash)
    select chain_id, position, at, rows, content, ${linkHash(`''::bytea`)}
      from (select id as chain_id, 0::bigint as position, since as at, 0 as rows, null::timestamptz as measured_from,
                   null::timestamptz as measured_to, convert_to(kind || ' ' || name, 'UTF8') as content
              from chains
             where name = $1 and kind = $2 and not exists (select from chain_links where chain_id = chains.id)) as first
    on conflict do nothing`,
}
const READ_TIP = {
  name: 'read-chain-tip',
  text: `
    select id as "chainId",
           (select position::float8 from chain_links where chain_id = chains.id order by position desc limit 1) as position
      from chains where name = $1 and kind = $2`,
}

/** Writers who begin at the same time want the same number, and all but one of them try again. */
const TRIES = 20

/** Where a writer's chain ends; the chain is begun if there is none yet. */
export async function openChain(database: Queryable, name: string, kind: ChainKind): Promise<ChainTip> {
  for (let tries = 0; tries < TRIES; tries++) {
    const [tip] = await database.query<ChainTip>(READ_TIP, [name, kind])
    if (tip !== undefined) return tip
    await database.execute(BEGIN, [name, kind])
    await database.execute(BEGIN_LINKS, [name, kind])
  }
  throw new Error('a chain could not be begun')
}
