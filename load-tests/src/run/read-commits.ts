import type { Store } from '@cordon/store'
import { createLatencies, type Latencies } from '../report/latencies.ts'

export interface Window {
  /** Epoch milliseconds; `to` is not in it. */
  readonly from: number
  readonly to: number
}

export interface Commits {
  /** From the measured time of each fix, which is the moment of publishing, to the commit record of its transaction. */
  readonly latencies: Latencies
  /** Fixes committed in the window, whenever they were published. */
  readonly fixes: number
  /** Of the seconds of the window, the one with the fewest and the one with the most. */
  readonly slowestSecond: number
  readonly fastestSecond: number
  /** Published in the window or before, and not committed at its end. */
  readonly waitingAtEnd: number
  /** Fixes of each transaction, largest last. */
  readonly batches: readonly number[]
}

/**
 * The database's own account of when what was committed (track_commit_timestamp): exact for every fix, and without asking the
 * service that is measured. The moment is that of the commit record; its flush to the disk comes after it.
 */
export async function readCommits(store: Store, window: Window): Promise<Commits> {
  const [batches, latencies, waitingAtEnd] = await Promise.all([
    readBatches(store, window),
    readLatencies(store, window),
    countWaiting(store, window.to),
  ])
  const sizes = batches.map(({ fixes }) => fixes).sort((a, b) => a - b)
  const seconds = perSecond(batches, window)
  return {
    latencies,
    fixes: sizes.reduce((sum, size) => sum + size, 0),
    slowestSecond: Math.min(...seconds),
    fastestSecond: Math.max(...seconds),
    waitingAtEnd,
    batches: sizes,
  }
}

interface Batch {
  readonly at: number
  readonly fixes: number
}

async function readBatches(store: Store, { from, to }: Window): Promise<readonly Batch[]> {
  const rows = await store.query<{ at: number; fixes: string }>(
    `select * from (select pg_xact_commit_timestamp(xmin) as at, count(*) as fixes from fixes group by xmin) as batch
      where at >= $1 and at < $2`,
    [new Date(from), new Date(to)],
  )
  return rows.map(({ at, fixes }) => ({ at, fixes: Number(fixes) }))
}

async function readLatencies(store: Store, { from, to }: Window): Promise<Latencies> {
  const rows = await store.query<{ ms: number; times: string }>(
    `select floor(extract(epoch from pg_xact_commit_timestamp(xmin) - measured_at) * 1000)::int as ms, count(*) as times
       from fixes where measured_at >= $1 and measured_at < $2 group by 1`,
    [new Date(from), new Date(to)],
  )
  return createLatencies(rows.map(({ ms, times }) => [ms, Number(times)]))
}

async function countWaiting(store: Store, at: number): Promise<number> {
  const [row] = await store.query<{ count: string }>(
    'select count(*) from fixes where measured_at < $1 and pg_xact_commit_timestamp(xmin) >= $1',
    [new Date(at)],
  )
  return Number(row?.count)
}

function perSecond(batches: readonly Batch[], { from, to }: Window): readonly number[] {
  const seconds = new Array<number>(Math.floor((to - from) / 1_000)).fill(0)
  for (const { at, fixes } of batches) {
    const second = Math.floor((at - from) / 1_000)
    if (second < seconds.length) seconds[second] = (seconds[second] ?? 0) + fixes
  }
  return seconds
}
