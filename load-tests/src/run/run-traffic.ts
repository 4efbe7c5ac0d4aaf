import { sleep } from '@cordon/runtime'
import type { FromGenerator, GeneratorResult, PlannedTag, ToGenerator } from '../generator/messages.ts'
import type { FromReader, ReaderReport, ToReader } from '../reader/messages.ts'
import type { Stack } from '../stack/start-stack.ts'
import { startWorker, type Worker } from '../stack/start-worker.ts'
import { planEntries } from './plan-entries.ts'
import type { Window } from './read-commits.ts'

export interface TrafficOptions {
  /** Messages a second, all tags together. */
  readonly rate: number
  readonly items: number
  readonly malformed: number
  readonly entriesPerSecond: number
  readonly warmUpMs: number
  readonly windowMs: number
  readonly readers: number
  /** Of the readers, so many watch everything; the others a part each. All of them when left out. */
  readonly everything?: number
  /** Connections of one generator process at most. */
  readonly connections: number
  readonly say: (line: string) => void
}

export interface Traffic {
  readonly window: Window
  readonly results: readonly GeneratorResult[]
  readonly reader: ReaderReport
  /** From the last message to the last commit. */
  readonly drainMs: number
}

/** What happens while the tags publish. */
export interface Observer {
  /** `pids` by the name of the table's row. */
  windowBegins(workers: Readonly<Record<'generators' | 'reader', readonly number[]>>): Promise<void> | void
  windowEnds(): Promise<void> | void
}

type Generator = Worker<ToGenerator, FromGenerator>
type Reader = Worker<ToReader, FromReader>

const CONNECT_MS = 120_000
const DRAIN_MS = 120_000
const SEED = 20_261_122

/** Connects clients and tags, publishes, and waits until everything has come through. */
export async function runTraffic(stack: Stack, options: TrafficOptions, observer: Observer): Promise<Traffic> {
  const { say } = options
  const reader: Reader = startWorker('reader')
  const generators: Generator[] = []
  try {
    const { streamUrl: url, adminToken: token } = stack
    const { readers, everything = readers } = options
    await reader.ask({ type: 'connect', url, token, readers, everything }, 'connected', CONNECT_MS)
    const plans = shares(planEntries(stack.tags, options), options.connections)
    say(`connecting ${stack.tags.length} tags from ${plans.length} processes`)
    for (const _ of plans) generators.push(startWorker('generator'))
    await Promise.all(
      generators.map((generator, index) => connect(generator, plans[index] ?? [], { stack, options, index })),
    )
    return await publish(stack, { reader, generators, plans }, options, observer)
  } finally {
    await Promise.all([reader, ...generators].map(worker => worker.stop()))
  }
}

function connect(
  generator: Generator,
  tags: readonly PlannedTag[],
  { stack, options, index }: { stack: Stack; options: TrafficOptions; index: number },
) {
  const { host, port } = stack.broker
  const { items, malformed } = options
  const plan = { host, port, tags, items, malformed, seed: SEED + index }
  return generator.ask({ type: 'connect', plan }, 'connected', CONNECT_MS)
}

interface Workers {
  readonly reader: Reader
  readonly generators: readonly Generator[]
  readonly plans: readonly (readonly PlannedTag[])[]
}

async function publish(
  stack: Stack,
  { reader, generators, plans }: Workers,
  { rate, warmUpMs, windowMs, say }: TrafficOptions,
  observer: Observer,
): Promise<Traffic> {
  const before = await countArrived(stack)
  const startAt = Date.now() + 500
  const window = { from: startAt + warmUpMs, to: startAt + warmUpMs + windowMs }
  await reader.ask({ type: 'measure', ...window }, 'measuring', CONNECT_MS)
  say(`publishing ${rate} messages a second: ${warmUpMs / 1_000} s to warm up, then ${windowMs / 1_000} s that count`)
  const published = generators.map((generator, index) => {
    const share = (plans[index]?.length ?? 0) / stack.tags.length
    const schedule = { startAt, windowFrom: window.from, stopAt: window.to, rate: rate * share }
    return generator.ask({ type: 'publish', schedule }, 'published', warmUpMs + windowMs + CONNECT_MS)
  })
  const observed = observe(observer, window, { generators: generators.map(({ pid }) => pid), reader: [reader.pid] })
  const results = (await Promise.all(published)).map(({ result }) => result)
  await observed
  say('waiting for what is under way')
  const drainMs = (await drain(stack, results, before)) - window.to
  return { window, results, reader: await readAll(stack, reader), drainMs }
}

async function observe(observer: Observer, { from, to }: Window, workers: Parameters<Observer['windowBegins']>[0]) {
  await sleep(Math.max(0, from - Date.now()))
  await observer.windowBegins(workers)
  await sleep(Math.max(0, to - Date.now()))
  await observer.windowEnds()
}

/** Until the database has as much as was acknowledged, or nothing more comes: then the verification tells what is missing. */
async function drain(stack: Stack, results: readonly GeneratorResult[], before: number): Promise<number> {
  const tags = results.flatMap(result => result.tags)
  const expected = tags.reduce((sum, tag) => sum + tag.fixes - tag.unacknowledged.length + tag.malformed, 0)
  for (const deadline = Date.now() + DRAIN_MS; ; await sleep(250)) {
    if ((await countArrived(stack)) - before >= expected || Date.now() > deadline) return Date.now()
  }
}

async function countArrived({ store }: Stack): Promise<number> {
  const [row] = await store.query<{ count: string }>(
    'select (select count(*) from fixes) + (select count(*) from quarantine) as count',
  )
  return Number(row?.count)
}

const TOLD_MS = 15_000

/** What the reader knows once it has been told the newest change of the log, or after a patient while. */
async function readAll({ store }: Stack, reader: Reader): Promise<ReaderReport> {
  const [row] = await store.query<{ newest: string }>('select coalesce(max(cursor), 0) as newest from incident_changes')
  for (const deadline = Date.now() + TOLD_MS; ; await sleep(250)) {
    const { report } = await reader.ask({ type: 'report' }, 'reported', CONNECT_MS)
    if (BigInt(report.cursor) >= BigInt(row?.newest ?? 0) || Date.now() > deadline) return report
  }
}

function shares<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / size)
  const each = Math.ceil(all.length / count)
  return Array.from({ length: count }, (_, index) => all.slice(index * each, (index + 1) * each))
}
