import { sleep, toError } from '@cordon/runtime'
import type { FromGenerator, GeneratorResult, ToGenerator } from '../generator/messages.ts'
import type { FromReader, ReaderReport, ToReader } from '../reader/messages.ts'
import { planEntries } from '../run/plan-entries.ts'
import type { NetworkProxy } from '../stack/create-proxy.ts'
import type { RegisteredTag } from '../stack/register.ts'
import type { Stack } from '../stack/start-stack.ts'
import { startWorker, type Worker } from '../stack/start-worker.ts'
import type { Check } from '../verify/verify.ts'
import type { Fault, FaultRow, Scene } from './fault.ts'
import { judgeFault } from './judge-fault.ts'

export interface FaultRun {
  readonly stack: Stack
  readonly clients: NetworkProxy
  /** The last one is kept aside for the fault itself. */
  readonly tags: readonly RegisteredTag[]
  /** Messages a second. */
  readonly rate: number
  readonly dir: string
  readonly say: (line: string) => void
}

type Generator = Worker<ToGenerator, FromGenerator>
type Reader = Worker<ToReader, FromReader>

const ANSWER_MS = 120_000
/** The longest that anything may take to come back by itself once the fault is over. */
const RECOVER_MS = 90_000
/** The picture has to stay clear for so long to count as back. */
const CLEAR_MS = 3_000
/** The longest run: generators are told when it is enough. */
const LONGEST_MS = 600_000
const ENTRIES_PER_SECOND = 2
const BEFORE_MS = 5_000
const AFTER_MS = 15_000

/** One fault from a calm stack to a calm stack, with tags and clients of its own. */
export async function runFault(fault: Fault, run: FaultRun): Promise<FaultRow> {
  const reader: Reader = startWorker('reader')
  const generator: Generator = startWorker('generator')
  try {
    const { stack, clients } = run
    const url = Object.assign(new URL(stack.streamUrl), { port: String(clients.port) }).href
    const readers = 1 + (fault.others ?? 0)
    await reader.ask(
      { type: 'connect', url, token: stack.adminToken, readers, everything: readers },
      'connected',
      ANSWER_MS,
    )
    return await strike(fault, run, { reader, generator })
  } finally {
    await Promise.all([reader.stop(), generator.stop()])
  }
}

interface Workers {
  readonly reader: Reader
  readonly generator: Generator
}

async function strike(fault: Fault, run: FaultRun, { reader, generator }: Workers): Promise<FaultRow> {
  const { stack, say } = run
  const published = await publish(fault, run, generator)
  const now = Date.now()
  await reader.ask({ type: 'measure', from: now, to: now + LONGEST_MS }, 'measuring', ANSWER_MS)
  const wasClear = await untilClear(reader)
  await sleep(BEFORE_MS)
  say(`${fault.title} …`)
  await reader.ask({ type: 'begin' }, 'begun', ANSWER_MS)
  const notes: string[] = []
  let { title } = fault
  const scene = sceneOf(run, reader, {
    note: line => void notes.push(line),
    retitle: other => {
      title = other
    },
  })
  const own = await fault.strike(scene).catch((error: unknown) => [failed(error)])
  const isBack = await untilClear(reader)
  generator.tell({ type: 'enough' })
  await reader.ask({ type: 'end' }, 'ended', ANSWER_MS)
  const { tags, faults } = await published.done
  await drain(stack, tags)
  const judged = await judgeFault(stack.store, tags, await readAll(stack, reader))
  const checks: Check[] = [
    { name: 'calm before', isMet: wasClear, detail: '' },
    { name: 'everything came back by itself', isMet: isBack, detail: `within ${RECOVER_MS / 1_000} s` },
    { name: 'no tag was refused', isMet: faults.length === 0, detail: faults[0] ?? '' },
    ...(own ?? []),
  ]
  return { title, isBeyond: fault.isBeyond === true, ...judged, notes, checks }
}

const failed = (error: unknown): Check => ({
  name: 'the fault could be made',
  isMet: false,
  detail: toError(error).message,
})

function sceneOf(
  { stack, clients, tags, dir, say }: FaultRun,
  reader: Reader,
  row: Pick<Scene, 'note' | 'retitle'>,
): Scene {
  const spare = tags.at(-1)
  if (spare === undefined) throw new Error('a fault needs tags')
  return { stack, clients, reader, spare, dir, say, ...row }
}

async function publish(fault: Fault, { stack, tags, rate }: FaultRun, generator: Generator) {
  const { host, port } = stack.broker
  const planned = planEntries(tags.slice(0, -1), {
    entriesPerSecond: ENTRIES_PER_SECOND,
    warmUpMs: BEFORE_MS,
    windowMs: fault.seconds * 1_000 + AFTER_MS,
  })
  const plan = { host, port, tags: planned, items: 1, malformed: fault.malformed ?? 0, seed: 1, comesBack: true }
  await generator.ask({ type: 'connect', plan }, 'connected', ANSWER_MS)
  const startAt = Date.now()
  const schedule = { startAt, windowFrom: startAt, stopAt: startAt + LONGEST_MS, rate }
  const answer = generator.ask({ type: 'publish', schedule }, 'published', LONGEST_MS + ANSWER_MS)
  // waited for after the fault; were it to fail before, that is told then
  answer.catch(() => undefined)
  return { done: answer.then(({ result }): GeneratorResult => result) }
}

/** Whether the client's picture has become clear, and stayed so. */
async function untilClear(reader: Reader): Promise<boolean> {
  let clearSince: number | undefined
  for (const deadline = Date.now() + RECOVER_MS; Date.now() < deadline; await sleep(250)) {
    const { isClear } = await reader.ask({ type: 'look' }, 'seen', ANSWER_MS)
    clearSince = isClear ? (clearSince ?? Date.now()) : undefined
    if (clearSince !== undefined && Date.now() - clearSince >= CLEAR_MS) return true
  }
  return false
}

/** Until the database has everything that was acknowledged, or nothing more comes. */
async function drain({ store }: Stack, tags: GeneratorResult['tags']): Promise<void> {
  const expected = tags.reduce((sum, tag) => sum + tag.fixes - tag.unacknowledged.length, 0)
  const ids = tags.map(({ id }) => id)
  for (const deadline = Date.now() + RECOVER_MS; Date.now() < deadline; await sleep(250)) {
    const [row] = await store.query<{ count: string }>(
      'select count(*) from fixes where activation_id in (select id from activations where tag_id = any($1))',
      [ids],
    )
    if (Number(row?.count) >= expected) return
  }
}

const TOLD_MS = 20_000

/** What the clients know once they have been told the newest change of the log, or after a patient while. */
async function readAll({ store }: Stack, reader: Reader): Promise<ReaderReport & { readonly newest: string }> {
  const [row] = await store.query<{ newest: string }>('select coalesce(max(cursor), 0) as newest from incident_changes')
  for (const deadline = Date.now() + TOLD_MS; ; await sleep(250)) {
    const { report } = await reader.ask({ type: 'report' }, 'reported', ANSWER_MS)
    const cursors = [report.cursor, ...report.others.map(told => told.at(-1)?.cursor ?? '0')]
    const newest = row?.newest ?? '0'
    if (cursors.every(cursor => BigInt(cursor) >= BigInt(newest)) || Date.now() > deadline) return { ...report, newest }
  }
}
