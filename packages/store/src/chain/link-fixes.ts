import type { Queryable } from '../connection/store.ts'
import { appendLink } from './chain-statements.ts'
import type { ChainTip } from './chain-tip.ts'
import { type ManifestEntry, packManifest } from './manifest.ts'

/** One number for chain and position, exact as a double: 8,191 writers, and 2^40 batches each, which at 50 a second are 697 years. */
const POSITIONS = 2 ** 40

export const batchIdOf = ({ chainId, position }: ChainTip): number => chainId * POSITIONS + position

export const placeOf = (batchId: number): ChainTip => ({
  chainId: Math.floor(batchId / POSITIONS),
  position: batchId % POSITIONS,
})

const APPEND = {
  name: 'append-fix-link',
  text: appendLink(
    'select $3::integer as rows, $4::timestamptz as measured_from, $5::timestamptz as measured_to, $6::bytea as content',
  ),
}
const TAKE_BACK = {
  name: 'take-back-fix-link',
  text: 'delete from chain_links where (chain_id, position) = ($1::integer, $2::bigint)',
}
const READ_INSERTED = {
  name: 'read-inserted-fixes',
  text: `
    select activation_id as "activationId", measured_at as "measuredAt", seq::text as seq
      from fixes where batch_id = $1 and measured_at between $2 and $3`,
}

/** Adds the link of a batch. False: the chain does not end where it was thought to, or another writes it now. */
export async function linkFixes(
  inside: Queryable,
  { chainId, position }: ChainTip,
  entries: readonly ManifestEntry[],
): Promise<boolean> {
  const { from, to } = extentOf(entries)
  const content = packManifest(entries, from)
  const values = [chainId, position, entries.length, new Date(from), new Date(to), content]
  return (await inside.execute(APPEND, values)) === 1
}

export interface InsertedFix {
  readonly activationId: string
  readonly measuredAt: number
  readonly seq: string
}

/** What was really inserted of a batch of which something was there already; before the link was taken back. */
export async function readInserted(
  inside: Queryable,
  link: ChainTip,
  entries: readonly ManifestEntry[],
): Promise<readonly InsertedFix[]> {
  const { from, to } = extentOf(entries)
  const [, rows] = await Promise.all([
    inside.execute(TAKE_BACK, [link.chainId, link.position]),
    inside.query<InsertedFix>(READ_INSERTED, [batchIdOf(link), new Date(from), new Date(to)]),
  ])
  return rows
}

function extentOf(entries: readonly ManifestEntry[]): { from: number; to: number } {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const { measuredAt } of entries) {
    if (measuredAt < from) from = measuredAt
    if (measuredAt > to) to = measuredAt
  }
  return { from, to }
}
