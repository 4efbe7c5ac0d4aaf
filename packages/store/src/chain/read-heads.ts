import type { Queryable } from '../connection/store.ts'

/** Where a chain ends: whoever knows it from elsewhere can tell that what came before has not been made anew. */
export interface ChainHead {
  readonly chain: string
  readonly kind: 'fixes' | 'records'
  readonly position: number
  /** Hexadecimal. */
  readonly hash: string
}

const READ = {
  name: 'read-chain-heads',
  text: `
    select chains.name as chain, kind, head.position::float8 as position, encode(head.hash, 'hex') as hash
      from chains, lateral (select position, hash from chain_links where chain_id = chains.id order by position desc limit 1) head
     order by chains.id`,
}

export const readHeads = (database: Queryable): Promise<readonly ChainHead[]> => database.query<ChainHead>(READ)
