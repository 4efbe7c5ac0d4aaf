import { sleep } from '@cordon/runtime'
import type { ConnectedTag } from '../generator/connect-tags.ts'
import { connectTags } from '../generator/connect-tags.ts'
import type { FromReader, ToReader } from '../reader/messages.ts'
import { entryPlace, walkPlace } from '../stack/places.ts'
import type { Stack } from '../stack/start-stack.ts'
import { startWorker, type Worker } from '../stack/start-worker.ts'
import type { CatchUp } from './catch-up.ts'
import { fixText, type Outage, type OutageTag, planTags, storedFix } from './plan-tags.ts'
import { isCaughtUp } from './read-catch-up.ts'

export interface CatchUpOptions extends Outage {
  readonly say: (line: string) => void
}

type Reader = Worker<ToReader, FromReader>

const MINUTE_MS = 60_000
const CONNECT_MS = 120_000
/** Messages of one wearer under way at once while the hour is published: the broker answers at once, it is ingest that is away. */
const UNDER_WAY = 20_000
const LONGEST_MS = 600_000

/** An hour of everybody's fixes goes to the broker while ingest is away; then it comes back, and life goes on. */
export async function runCatchUp(stack: Stack, options: CatchUpOptions): Promise<CatchUp> {
  const { minutes, liveMs, say } = options
  const plan = planTags(stack.tags, options)
  const faults: string[] = []
  const { host, port } = stack.broker
  const reader: Reader = startWorker('reader')
  try {
    const { streamUrl: url, adminToken: token } = stack
    await reader.ask({ type: 'connect', url, token, readers: 1, everything: 1 }, 'connected', CONNECT_MS)
    await stack.services.halt('ingest')
    say(`connecting ${plan.length} tags`)
    const tags = stack.tags.map(tag => ({ ...tag, entry: null }))
    const connected = await connectTags({ host, port, tags, items: 1, malformed: 0, seed: 1 }, faults)
    const outageEndedAt = Date.now() - 1_000
    say(`publishing ${minutes} minutes of ${plan.length} wearers, with nobody there to read them`)
    const stored = await publishOutage(plan, connected, { minutes, endsAt: outageEndedAt })
    const publishedMs = Date.now() - outageEndedAt
    say(`${stored} fixes wait at the broker; starting ingest`)
    await reader.ask({ type: 'measure', from: 0, to: Number.MAX_SAFE_INTEGER }, 'measuring', CONNECT_MS)
    const startedAt = Date.now()
    let readyAt = Number.NaN
    const resumed = stack.services.restart('ingest').then(() => {
      readyAt = Date.now()
    })
    // waited for below; were it to fail before that, the process should not end with the stack still running
    resumed.catch(() => undefined)
    const live = await publishLive(plan, connected, { minutes, from: startedAt, liveMs })
    await resumed
    const judgedAt = await untilJudged(stack, stored + live)
    for (const { connection } of connected) connection.end()
    const { report } = await reader.ask({ type: 'report' }, 'reported', CONNECT_MS)
    const times = { outageEndedAt, publishedMs, startedAt, readyAt, liveUntil: startedAt + liveMs, judgedAt }
    return { plan, stored, live, ...times, reader: report, faults }
  } finally {
    await reader.stop()
  }
}

/** In the order in which the hour passed, as fast as the broker takes it. */
async function publishOutage(
  plan: readonly OutageTag[],
  connected: readonly ConnectedTag[],
  { minutes, endsAt }: { readonly minutes: number; readonly endsAt: number },
): Promise<number> {
  let underWay = 0
  let published = 0
  for (let minute = 0; minute < minutes; minute++) {
    for (const [index, tag] of plan.entries()) {
      const measuredAt = endsAt - (minutes - minute) * MINUTE_MS + tag.offsetMs
      connected[index]?.connection.publish(storedFix(tag, minute, measuredAt), () => underWay--)
      underWay++
      published++
      while (underWay >= UNDER_WAY) await sleep(1)
    }
  }
  for (const deadline = Date.now() + CONNECT_MS; underWay > 0 && Date.now() < deadline; ) await sleep(10)
  if (underWay > 0) throw new Error(`the broker left ${underWay} messages unanswered`)
  return published
}

/** Each wearer once a minute; those who walk in say so at once, and again ten seconds later. */
async function publishLive(
  plan: readonly OutageTag[],
  connected: readonly ConnectedTag[],
  { minutes, from, liveMs }: { readonly minutes: number; readonly from: number; readonly liveMs: number },
): Promise<number> {
  const due = plan
    .flatMap((tag, index) => momentsOf(tag, liveMs).map((afterMs, turn) => ({ tag, index, afterMs, turn })))
    .sort((a, b) => a.afterMs - b.afterMs)
  for (const { tag, index, afterMs, turn } of due) {
    const waitMs = from + afterMs - Date.now()
    if (waitMs > 0) await sleep(waitMs)
    const isInside = tag.entersAfterMs !== null && afterMs >= tag.entersAfterMs
    const place = isInside ? entryPlace(tag.tag.home) : walkPlace(tag.tag.home, turn / 7)
    connected[index]?.connection.publish(fixText(place, Date.now(), minutes + turn + 1), () => undefined)
  }
  return due.length
}

function momentsOf({ offsetMs, entersAfterMs }: OutageTag, liveMs: number): readonly number[] {
  const regular = Array.from({ length: Math.ceil(liveMs / MINUTE_MS) }, (_, minute) => minute * MINUTE_MS + offsetMs)
  const entry = entersAfterMs === null ? [] : [entersAfterMs, entersAfterMs + 10_000, entersAfterMs + 20_000]
  return [...regular, ...entry].filter(afterMs => afterMs < liveMs).sort((a, b) => a - b)
}

async function untilJudged(stack: Stack, fixes: number): Promise<number> {
  for (const deadline = Date.now() + LONGEST_MS; Date.now() < deadline; await sleep(500)) {
    if (await isCaughtUp(stack, fixes)) return Date.now()
  }
  return Number.POSITIVE_INFINITY
}
