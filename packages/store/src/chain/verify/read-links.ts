import type { Queryable } from '../../connection/store.ts'
import { placeOf } from '../link-fixes.ts'
import type { LinkPlace } from './finding.ts'
import type { Period } from './read-stored-fixes.ts'

export interface KnownChain {
  readonly id: number
  readonly name: string
  readonly kind: 'fixes' | 'records'
  /** Epoch ms. */
  readonly since: number
}

const CHAINS = { name: 'read-chains', text: 'select id, name, kind, since from chains order by id' }

export const readChains = (database: Queryable): Promise<readonly KnownChain[]> => database.query<KnownChain>(CHAINS)

/** A link of fixes with what it says of them. */
export interface FixLink {
  readonly chainId: number
  readonly position: number
  readonly at: number
  /** Of the link before. */
  readonly after: number | null
  readonly rows: number
  readonly measuredFrom: number
  readonly measuredTo: number
  readonly content: Buffer
}

const FIX_LINKS = {
  name: 'read-fix-links',
  text: `
    select chain_id as "chainId", position::float8 as position, at, rows, measured_from as "measuredFrom", measured_to as "measuredTo",
           content, (select before.at from chain_links before
                      where (before.chain_id, before.position) = (link.chain_id, link.position - 1)) as after
      from chain_links link
     where measured_from < $2 and measured_to >= $1
     order by chain_id, position`,
}

/** The links that hold fixes measured in the period, in the order of their batch ids. */
export const readFixLinks = (database: Queryable, { from, to }: Period): Promise<readonly FixLink[]> =>
  database.query<FixLink>(FIX_LINKS, [new Date(from), new Date(to)])

/** Names links as people know them. */
export function createPlaces(chains: readonly KnownChain[]) {
  const byId = new Map(chains.map(chain => [chain.id, chain]))
  const placeAt = (chainId: number, position: number): LinkPlace => {
    const { name, kind } = byId.get(chainId) ?? { name: `unknown (${chainId})`, kind: 'fixes' as const }
    return { chain: name, kind, position }
  }
  return {
    placeAt,
    ofBatch: (batchId: number): LinkPlace => {
      const { chainId, position } = placeOf(batchId)
      return placeAt(chainId, position)
    },
  }
}

export type Places = ReturnType<typeof createPlaces>
