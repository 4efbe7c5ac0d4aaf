import { sleep } from '@cordon/runtime'
import type { Scene } from './fault.ts'

/** What became of one tag's messages. */
export interface Fate {
  /** Neither kept nor said to be refused. */
  readonly unaccounted: number
  readonly detail: string
}

const PATIENCE_MS = 45_000

/** Once the database has as many as were acknowledged, or nothing more comes. */
export async function readFate(scene: Scene, activationId: string, acknowledged: number): Promise<Fate> {
  const begunAt = Date.now()
  let counts = await readCounts(scene, activationId)
  while (sumOf(counts) < acknowledged && Date.now() - begunAt < PATIENCE_MS) {
    await sleep(500)
    counts = await readCounts(scene, activationId)
  }
  const { kept, aside, refused } = counts
  const words = (number: number) => number.toLocaleString('en')
  const reasons = refused.map(
    ({ code, count, rows }) => `${words(count)} refused as ${code} (${rows} in the quarantine)`,
  )
  return {
    unaccounted: acknowledged - sumOf(counts),
    detail: [`${words(kept)} kept, ${words(aside)} kept aside`, ...reasons].join(', '),
  }
}

interface Counts {
  readonly kept: number
  readonly aside: number
  /** A row may stand for many messages. */
  readonly refused: readonly { readonly code: string; readonly count: number; readonly rows: number }[]
}

const sumOf = ({ kept, aside, refused }: Counts): number =>
  kept + aside + refused.reduce((sum, { count }) => sum + count, 0)

async function readCounts({ stack: { store }, spare }: Scene, activationId: string): Promise<Counts> {
  const [row] = await store.query<{ kept: string; aside: string }>(
    `select (select count(*) from fixes where activation_id = $1) as kept,
            (select count(*) from fixes_aside where activation_id = $1) as aside`,
    [activationId],
  )
  const refused = await store.query<{ code: string; count: string; rows: string }>(
    'select code, sum(seen) as count, count(*) as rows from quarantine where tag_id = $1 group by code order by code',
    [spare.id],
  )
  return {
    kept: Number(row?.kept),
    aside: Number(row?.aside),
    refused: refused.map(({ code, count, rows }) => ({ code, count: Number(count), rows: Number(rows) })),
  }
}
