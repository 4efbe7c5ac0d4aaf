import { sleep } from '@cordon/runtime'
import type { FromGenerator, ToGenerator } from '../generator/messages.ts'
import { startWorker, type Worker } from '../stack/start-worker.ts'
import type { Check } from '../verify/verify.ts'
import type { Fault, Scene } from './fault.ts'

const poison: Fault = {
  name: 'poison',
  title: 'one message in ten is malformed, for 20 s',
  isQuick: true,
  seconds: 20,
  malformed: 0.1,
  strike: async () => {
    await sleep(20_000)
    return undefined
  },
}

const MAD = { rate: 1_000, repeats: 10, lastMs: 20_000 }
const ANSWER_MS = 60_000

const mad: Fault = {
  name: 'mad-tag',
  title: 'a tag gone mad: 10,000 messages a second for 20 s',
  isQuick: false,
  seconds: MAD.lastMs / 1_000,
  strike: async scene => {
    const before = await latencyOfOthers(scene, Date.now() - 4_000)
    const tag: Worker<ToGenerator, FromGenerator> = startWorker('generator')
    try {
      const startAt = Date.now()
      const sent = await rage(scene, tag, startAt)
      return [await compareLatency(scene, { before, since: startAt }), sent]
    } finally {
      await tag.stop()
    }
  },
}

/** Every fix ten times, as fast as the broker takes it. */
async function rage({ stack, spare }: Scene, tag: Worker<ToGenerator, FromGenerator>, startAt: number): Promise<Check> {
  const { host, port } = stack.broker
  const plan = { host, port, tags: [{ ...spare, entry: null }], items: 1, malformed: 0, seed: 1, comesBack: true }
  await tag.ask({ type: 'connect', plan: { ...plan, repeats: MAD.repeats } }, 'connected', ANSWER_MS)
  const schedule = { startAt, windowFrom: startAt, stopAt: Date.now() + MAD.lastMs, rate: MAD.rate }
  const { result } = await tag.ask({ type: 'publish', schedule }, 'published', MAD.lastMs + ANSWER_MS)
  const aSecond = Math.round((result.window.published * MAD.repeats) / (MAD.lastMs / 1_000))
  return { name: 'it was mad', isMet: aSecond > 0, detail: `${aSecond} messages a second` }
}

/** From the measurement to the commit record, of everybody but the mad one. */
async function latencyOfOthers({ stack: { store }, spare }: Scene, since: number): Promise<number> {
  const [row] = await store.query<{ ms: number | null }>(
    `select percentile_disc(0.99) within group (order by extract(epoch from pg_xact_commit_timestamp(xmin) - measured_at) * 1000)::float8 as ms
       from fixes where measured_at >= $1 and activation_id not in (select id from activations where tag_id = $2)`,
    [new Date(since), spare.id],
  )
  return row?.ms ?? Number.NaN
}

/** It may cost the others something on a machine that everything runs on; it must not hold them up. */
const MOST_MS = 2_000

async function compareLatency(scene: Scene, { before, since }: { before: number; since: number }): Promise<Check> {
  const during = await latencyOfOthers(scene, since)
  return {
    name: 'the fixes of all others are not held up',
    isMet: during < MOST_MS,
    detail: `p99 to the commit ${Math.round(before)} ms before, ${Math.round(during)} ms beside the mad tag`,
  }
}

/** What tags do to everybody else. */
export const WEARERS: readonly Fault[] = [poison, mad]
