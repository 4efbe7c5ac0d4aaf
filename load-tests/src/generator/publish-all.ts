import { createLatencies } from '../report/latencies.ts'
import type { ConnectedTag } from './connect-tags.ts'
import { createPacer } from './create-pacer.ts'
import { createPublisher } from './create-publisher.ts'
import type { GeneratorPlan, GeneratorResult, Schedule } from './messages.ts'
import { createRandom } from './random.ts'

const EVERY_MS = 4
const DRAIN_MS = 30_000

/** Publishes by the schedule, each tag in its turn, then waits for the last acknowledgements. */
export async function publishAll(
  tags: readonly ConnectedTag[],
  { items, malformed, seed }: GeneratorPlan,
  schedule: Schedule,
  isEnough: () => boolean = () => false,
): Promise<Omit<GeneratorResult, 'faults'>> {
  const { startAt, stopAt, rate } = schedule
  const publishers = tags.map(tag => createPublisher(tag, items, startAt))
  const pacer = createPacer(rate, startAt)
  const random = createRandom(seed)
  const tally = createTally(schedule)

  let turn = 0
  let stop = stopAt
  const publishDue = (now: number) => {
    let due = pacer.due(now)
    for (let tried = 0; due > 0 && tried < publishers.length + due; tried++) {
      const isMalformed = malformed > 0 && random() < malformed
      const publisher = publishers[turn++ % publishers.length]
      if (publisher?.publish(now, isMalformed, () => tally.acknowledged(now)) !== true) continue
      tally.published(now)
      pacer.sent()
      due--
    }
  }
  await every(EVERY_MS, now => {
    if (now < stop && isEnough()) stop = now
    if (now < stop) publishDue(now)
    return now < stop || (now < stop + DRAIN_MS && publishers.some(publisher => publisher.isWaiting()))
  })
  return { tags: publishers.map(publisher => publisher.result()), ...tally.result(), notSent: pacer.notSent() }
}

/** What happened within the window. */
function createTally({ windowFrom, stopAt }: Schedule) {
  const latencies = createLatencies()
  const window = { published: 0, acknowledged: 0 }
  const isInWindow = (at: number) => at >= windowFrom && at < stopAt
  return {
    published: (now: number) => {
      if (isInWindow(now)) window.published++
    },
    acknowledged: (publishedAt: number) => {
      const now = Date.now()
      if (isInWindow(now)) window.acknowledged++
      if (isInWindow(publishedAt)) latencies.add(now - publishedAt)
    },
    result: () => ({ window, acknowledgements: latencies.toPairs() }),
  }
}

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
