import type { Store } from '@cordon/store'
import { connectTags } from '../generator/connect-tags.ts'
import { createLatencies, type Latencies } from '../report/latencies.ts'
import { readCommits, type Window } from '../run/read-commits.ts'
import { runTraffic, type Traffic } from '../run/run-traffic.ts'
import type { Stack } from '../stack/start-stack.ts'
import type { Check } from '../verify/verify.ts'
import { planBacklog } from './backlog-tag.ts'
import { type Sent, sendAround, sendStored } from './send-backlogs.ts'
import { verifyBacklog } from './verify-backlog.ts'

export interface BacklogOptions {
  /** Tags that come back with a backlog, and how many minutes of it each has. */
  readonly backlogs: number
  readonly minutes: number
  /** Wearers whose fixes are live, one each two seconds: so many before the burst, and as many others during it. */
  readonly live: number
  readonly beforeMs: number
  readonly duringMs: number
  readonly say: (line: string) => void
}

/** Delays of live fixes, in ms, from publishing. */
export interface LiveDelays {
  /** To ingest's reading of the message. */
  readonly received: Latencies
  readonly committed: Latencies
  readonly told: Latencies
}

export interface BacklogFigures {
  readonly before: LiveDelays
  readonly during: LiveDelays
  readonly sent: Sent
  readonly lateFixes: number
  readonly checks: readonly Check[]
}

const ENTRIES_PER_SECOND = 6
const SECONDS_BETWEEN = 2

/** Live fixes alone, then as many of others while thousands send what they had stored. */
export async function runBacklog(stack: Stack, options: BacklogOptions): Promise<BacklogFigures> {
  const { backlogs, minutes, live, say } = options
  const { host, port } = stack.broker
  const faults: string[] = []
  const now = Date.now()
  const plans = stack.tags.slice(0, backlogs).map((tag, index) => planBacklog(tag, index, { now, minutes }))
  say(`connecting ${backlogs} tags with ${minutes} minutes of backlog each`)
  const tags = plans.map(({ plan }) => plan)
  const connected = await connectTags({ host, port, tags, items: 1, malformed: 0, seed: 1 }, faults)
  const pairs = connected.map((tag, index) => [tag, plans[index] ?? raise()] as const)
  await sendAround(stack, pairs)

  const part = (from: number): Stack => ({ ...stack, tags: stack.tags.slice(from, from + live) })
  const traffic = { ...TRAFFIC, rate: live / SECONDS_BETWEEN, connections: live, say }
  const before = await runTraffic(part(backlogs), { ...traffic, windowMs: options.beforeMs }, QUIET)
  let sending: Promise<Sent> | undefined
  const lateFixes = plans.reduce((sum, { fixes, around }) => sum + fixes - around.length, 0)
  const during = await runTraffic(
    part(backlogs + live),
    { ...traffic, windowMs: options.duringMs },
    {
      windowBegins: () => {
        say(`${lateFixes} late fixes at once`)
        sending = sendStored(stack, pairs, () => areStored(stack, now, lateFixes))
        // waited for below; were it to fail before that, the process should not end with the tags still running
        sending.catch(() => undefined)
      },
      windowEnds: async () => void (await sending),
    },
  )
  const sent = (await sending) ?? raise()
  for (const { connection } of connected) connection.end()
  const evidence = { store: stack.store, backlogs: plans, live: [...before.results, ...during.results] }
  const checks = await verifyBacklog({
    ...evidence,
    reader: during.reader,
    faults: [...faults, ...faultsOf([before, during])],
  })
  return {
    before: await delaysOf(stack, before, before.window),
    during: await delaysOf(stack, during, { from: during.window.from, to: Math.min(sent.judgedAt, during.window.to) }),
    ...{ sent, lateFixes, checks },
  }
}

const TRAFFIC = { items: 1, malformed: 0, entriesPerSecond: ENTRIES_PER_SECOND, warmUpMs: 5_000, readers: 1 }
const QUIET = { windowBegins: () => undefined, windowEnds: () => undefined }

const faultsOf = (all: readonly Traffic[]) => all.flatMap(({ results }) => results.flatMap(({ faults }) => faults))

async function areStored({ store }: Stack, before: number, expected: number): Promise<boolean> {
  const [row] = await store.query<{ n: number }>(
    `select count(*)::int as n from fixes where measured_at < $1 and seq > 0 and received_at > $2`,
    [new Date(before - 30_000), new Date(before)],
  )
  return (row?.n ?? 0) >= expected
}

async function delaysOf({ store }: Stack, { reader }: Traffic, window: Window): Promise<LiveDelays> {
  const { latencies: committed } = await readCommits(store, window)
  const received = await readReceipts(store, window)
  return { received, committed, told: createLatencies(reader.incidents) }
}

async function readReceipts(store: Store, { from, to }: Window): Promise<Latencies> {
  const rows = await store.query<{ ms: number; times: number }>(
    `select floor(extract(epoch from received_at - measured_at) * 1000)::int as ms, count(*)::int as times
       from fixes where measured_at >= $1 and measured_at < $2 group by 1`,
    [new Date(from), new Date(to)],
  )
  return createLatencies(rows.map(({ ms, times }) => [ms, times]))
}

function raise(): never {
  throw new Error('the burst was never sent')
}
