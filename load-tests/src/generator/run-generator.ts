import { createLatencies } from '../report/latencies.ts'
import { connectTag, type TagConnection } from './connect-tag.ts'
import { createPacer } from './create-pacer.ts'
import { createTag, type Tag } from './create-tag.ts'
import type { GeneratorPlan, GeneratorResult, PlannedTag, PublishedTag, Schedule } from './messages.ts'
import { createRandom } from './random.ts'

export interface ConnectedTag {
  readonly plan: PlannedTag
  readonly connection: TagConnection
}

/** So many sign in at once: a broker's queue of new connections is short. */
const CONNECT_AT_ONCE = 50
/** Messages of one tag under way; a tag that has more waits for its acknowledgements. */
const MOST_UNACKNOWLEDGED = 20
const EVERY_MS = 4
const DRAIN_MS = 30_000

export async function connectTags(plan: GeneratorPlan, faults: string[]): Promise<readonly ConnectedTag[]> {
  const { host, port, tags } = plan
  const connected: ConnectedTag[] = []
  for (let from = 0; from < tags.length; from += CONNECT_AT_ONCE) {
    const some = tags.slice(from, from + CONNECT_AT_ONCE).map(async tag => ({
      plan: tag,
      connection: await connectTag({ host, port, account: tag, onLost: ({ message }) => faults.push(message) }),
    }))
    connected.push(...(await Promise.all(some)))
  }
  return connected
}

/** One tag with what came of its messages. */
interface Publisher {
  readonly plan: PlannedTag
  readonly tag: Tag
  readonly connection: TagConnection
  readonly unacknowledged: Set<number>
  malformed: number
}

/** Publishes by the schedule, each tag in its turn, then waits for the last acknowledgements. */
export async function publishAll(
  tags: readonly ConnectedTag[],
  { items, malformed, seed }: GeneratorPlan,
  schedule: Schedule,
): Promise<Omit<GeneratorResult, 'faults'>> {
  const { startAt, windowFrom, stopAt, rate } = schedule
  const pacer = createPacer(rate, startAt)
  const random = createRandom(seed)
  const latencies = createLatencies()
  const window = { published: 0, acknowledged: 0 }
  const isInWindow = (at: number) => at >= windowFrom && at < stopAt
  const publishers = tags.map(({ plan, connection }): Publisher => {
    return { plan, connection, tag: createTag(plan, items, startAt), unacknowledged: new Set(), malformed: 0 }
  })

  /** False when this tag has nothing to say or may not say it now. */
  const publishOne = (publisher: Publisher, now: number): boolean => {
    if (publisher.connection.unacknowledged() >= MOST_UNACKNOWLEDGED) return false
    const said = sayNext(publisher, { now, items, isMalformed: malformed > 0 && random() < malformed })
    if (said === null) return false
    if (isInWindow(now)) window.published++
    publisher.connection.publish(said.payload, () => {
      const at = Date.now()
      said.onAcknowledged()
      if (isInWindow(at)) window.acknowledged++
      if (isInWindow(now)) latencies.add(at - now)
    })
    return true
  }

  let turn = 0
  const publishDue = (now: number) => {
    let due = pacer.due(now)
    for (let tried = 0; due > 0 && tried < publishers.length + due; tried++) {
      const publisher = publishers[turn++ % publishers.length]
      if (publisher === undefined || !publishOne(publisher, now)) continue
      pacer.sent()
      due--
    }
  }
  await every(EVERY_MS, now => {
    if (now < stopAt) publishDue(now)
    return now < stopAt || (now < stopAt + DRAIN_MS && publishers.some(isWaiting))
  })
  return { tags: publishers.map(toPublished), window, acknowledgements: latencies.toPairs(), notSent: pacer.notSent() }
}

const isWaiting = ({ connection }: Publisher) => connection.unacknowledged() > 0

interface Saying {
  readonly now: number
  readonly items: number
  readonly isMalformed: boolean
}

function sayNext(publisher: Publisher, { now, items, isMalformed }: Saying) {
  const { tag, unacknowledged } = publisher
  if (isMalformed) return { payload: tag.nextMalformed(now), onAcknowledged: () => void publisher.malformed++ }
  const message = tag.next(now)
  if (message === null) return null
  const { firstSeq, payload } = message
  for (let index = 0; index < items; index++) unacknowledged.add(firstSeq + index)
  const onAcknowledged = () => {
    for (let index = 0; index < items; index++) unacknowledged.delete(firstSeq + index)
  }
  return { payload, onAcknowledged }
}

const toPublished = ({ plan, tag, unacknowledged, malformed }: Publisher): PublishedTag => ({
  id: plan.id,
  fixes: tag.fixes(),
  unacknowledged: [...unacknowledged],
  malformed,
  enteredAt: tag.enteredAt(),
})

/** Until `work` says false. */
function every(ms: number, work: (now: number) => boolean): Promise<void> {
  return new Promise(resolve => {
    const timer = setInterval(() => {
      if (work(Date.now())) return
      clearInterval(timer)
      resolve()
    }, ms)
  })
}
