import { sleep } from '@cordon/runtime'
import type { FloodResult, FromFlood, ToFlood } from '../generator/flood-messages.ts'
import { createLatencies } from '../report/latencies.ts'
import { startWorker, type Worker } from '../stack/start-worker.ts'
import type { Check } from '../verify/verify.ts'
import { fallsNow } from './falls-now.ts'
import type { Fault, Scene } from './fault.ts'
import { type Fate, readFate } from './read-fate.ts'

const RATE = 10_000
const LAST_MS = 20_000
const BEFORE_MS = 10_000
/** Beyond the latest position of a stretch, for it to arrive. */
const ARRIVAL_MS = 2_000
const ANSWER_MS = 120_000
/** It may cost the others something on a machine that everything runs on; it must not hold them up. */
const MOST_MS = 2_000
/** Of what is asked for, less counts as not reached and is said in the row. */
const REACHED = 0.99

const words = (count: number): string => Math.round(count).toLocaleString('en')
const titleOf = (rate: number): string => `a tag gone mad: ${words(rate)} messages a second for 20 s`

/** A tag that sends ten messages in every millisecond, each a fix of another time. */
export const MAD: Fault = {
  name: 'mad-tag',
  title: titleOf(RATE),
  isQuick: false,
  seconds: (BEFORE_MS + LAST_MS) / 1_000,
  strike: async scene => {
    const activationId = await activationOf(scene)
    const before = await othersDuring(scene, activationId, { from: Date.now(), ms: BEFORE_MS }, () => sleep(BEFORE_MS))
    const flood: Worker<ToFlood, FromFlood> = startWorker('flood')
    try {
      const { host, port } = scene.stack.broker
      const plan = { host, port, tag: scene.spare, rate: RATE, lastMs: LAST_MS }
      await flood.ask({ type: 'prepare', plan }, 'prepared', ANSWER_MS)
      await fallsNow(scene)
      const during = await othersDuring(scene, activationId, { from: Date.now(), ms: LAST_MS }, async () => {
        const { result } = await flood.ask({ type: 'publish' }, 'published', LAST_MS + ANSWER_MS)
        const fate = await readFate(scene, activationId, result.acknowledged)
        return { result, fate }
      })
      return tell(scene, { before: before.p99, during: during.p99, ...during.value })
    } finally {
      await flood.stop()
    }
  },
}

async function activationOf({ stack: { store }, spare }: Scene): Promise<string> {
  const [row] = await store.query<{ id: string }>('select id from activations where tag_id = $1', [spare.id])
  if (row === undefined) throw new Error(`${spare.id} is fitted to nobody`)
  return row.id
}

/** From publishing to the socket, of what everybody else measured in these milliseconds. `work` ends when all of it should have arrived. */
async function othersDuring<T>(
  { reader }: Scene,
  without: string,
  { from, ms }: { readonly from: number; readonly ms: number },
  work: () => Promise<T>,
): Promise<{ readonly p99: number; readonly value: T }> {
  await reader.ask({ type: 'stretch', stretch: { from, to: from + ms, without } }, 'stretched', ANSWER_MS)
  const value = await work()
  await sleep(ARRIVAL_MS)
  const { report } = await reader.ask({ type: 'report' }, 'reported', ANSWER_MS)
  return { p99: createLatencies(report.stretch).percentile(0.99), value }
}

interface Told {
  readonly before: number
  readonly during: number
  readonly result: FloodResult
  readonly fate: Fate
}

function tell({ note, retitle }: Scene, { before, during, result, fate }: Told): readonly Check[] {
  const seconds = LAST_MS / 1_000
  const rate = Math.round(result.sent / seconds)
  if (rate < RATE * REACHED) retitle(`${titleOf(rate)} (${words(RATE)} were asked for)`)
  note(
    `${words(rate)} messages a second sent, ${words(result.acknowledgedInTime / seconds)} acknowledged by the broker; ` +
      `of ${words(result.acknowledged)} acknowledged at last, ${fate.detail}`,
  )
  note(`publish to socket of all others, p99: ${before} ms in the 10 s before, ${during} ms in the 20 s beside it`)
  return [
    { name: 'it was mad', isMet: rate > 1_000 && result.fault === null, detail: result.fault ?? `${rate} a second` },
    {
      name: 'what it sent is accounted for to the last message',
      isMet: fate.unaccounted === 0,
      detail: fate.detail,
    },
    {
      name: 'the fixes of all others are not held up',
      isMet: during < MOST_MS,
      detail: `p99 to the socket ${before} ms before, ${during} ms beside the mad tag`,
    },
  ]
}
