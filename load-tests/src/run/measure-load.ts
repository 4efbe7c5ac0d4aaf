import { type Bucket, interpolate, readBuckets, since } from '../report/buckets.ts'
import { mergeLatencies } from '../report/latencies.ts'
import { measureUsage, type Usage, type UsageMeter } from '../report/usage.ts'
import type { Stack } from '../stack/start-stack.ts'
import { type Commits, readCommits } from './read-commits.ts'
import { runTraffic, type Traffic, type TrafficOptions } from './run-traffic.ts'

export interface Percentiles {
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
  readonly count: number
}

/** What one run came to. Times in milliseconds, rates a second, all within the window. */
export interface LoadFigures {
  readonly seconds: number
  readonly published: number
  readonly acknowledged: number
  readonly notSent: number
  readonly committedFixes: number
  readonly slowestSecond: number
  readonly fastestSecond: number
  readonly waitingAtEnd: number
  readonly drainMs: number
  readonly batches: { readonly count: number; readonly p50: number; readonly p95: number; readonly max: number }
  readonly toAcknowledgement: Percentiles
  readonly toCommit: Percentiles
  /** As ingest measures it: to the database's answer, the flush to the disk included. Interpolated. */
  readonly toCommitAtIngest: Percentiles
  readonly toSocket: Percentiles
  readonly toIncident: Percentiles
  readonly socketBytes: number
  readonly usage: readonly Usage[]
  readonly othersCpuSeconds: number
}

const HISTOGRAM = 'cordon_measured_to_committed_seconds'

/** Runs the traffic and measures the window. */
export async function measureLoad(
  stack: Stack,
  options: TrafficOptions,
): Promise<{ readonly traffic: Traffic; readonly figures: LoadFigures }> {
  let meter: UsageMeter | undefined
  let used: ReturnType<UsageMeter['stop']> = { groups: [], othersCpuSeconds: Number.NaN }
  let before: readonly Bucket[] = []
  let after: readonly Bucket[] = []
  const buckets = async () => readBuckets(await stack.services.metrics('ingest'), HISTOGRAM)
  const traffic = await runTraffic(stack, options, {
    windowBegins: async workers => {
      const groups = Object.entries(workers).map(([name, pids]) => ({ name, pids }))
      meter = measureUsage([...stack.groups(), ...groups])
      before = await buckets()
    },
    windowEnds: async () => {
      if (meter !== undefined) used = meter.stop()
      after = await buckets()
    },
  })
  const commits = await readCommits(stack.store, traffic.window)
  const figures = toFigures(traffic, commits, since(before, after))
  return { traffic, figures: { ...figures, usage: used.groups, othersCpuSeconds: used.othersCpuSeconds } }
}

function toFigures(
  { window, results, reader, drainMs }: Traffic,
  commits: Commits,
  atIngest: readonly Bucket[],
): Omit<LoadFigures, 'usage' | 'othersCpuSeconds'> {
  const sum = (read: (result: (typeof results)[number]) => number) =>
    results.reduce((total, result) => total + read(result), 0)
  const { batches, fixes, slowestSecond, fastestSecond, waitingAtEnd } = commits
  return {
    seconds: (window.to - window.from) / 1_000,
    published: sum(result => result.window.published),
    acknowledged: sum(result => result.window.acknowledged),
    notSent: sum(result => result.notSent),
    committedFixes: fixes,
    slowestSecond,
    fastestSecond,
    waitingAtEnd,
    drainMs,
    batches: {
      count: batches.length,
      p50: at(batches, 0.5),
      p95: at(batches, 0.95),
      max: batches.at(-1) ?? Number.NaN,
    },
    toAcknowledgement: percentiles(mergeLatencies(results.map(({ acknowledgements }) => acknowledgements))),
    toCommit: percentiles(commits.latencies),
    toCommitAtIngest: interpolated(atIngest),
    toSocket: percentiles(mergeLatencies([reader.positions])),
    toIncident: percentiles(mergeLatencies([reader.incidents])),
    socketBytes: reader.bytes,
  }
}

const percentiles = (latencies: ReturnType<typeof mergeLatencies>): Percentiles => ({
  p50: latencies.percentile(0.5),
  p95: latencies.percentile(0.95),
  p99: latencies.percentile(0.99),
  max: latencies.max(),
  count: latencies.count(),
})

const interpolated = (buckets: readonly Bucket[]): Percentiles => ({
  p50: interpolate(buckets, 0.5) * 1_000,
  p95: interpolate(buckets, 0.95) * 1_000,
  p99: interpolate(buckets, 0.99) * 1_000,
  max: Number.NaN,
  count: buckets.at(-1)?.count ?? 0,
})

/** Nearest rank of what is sorted already. */
const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
