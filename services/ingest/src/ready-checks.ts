import type { LiveSight } from '@cordon/contract'
import type { ReadyCheck } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import type { Batcher } from './batch.ts'
import type { RunningCapacity } from './keeping/start-capacity.ts'
import type { RunningRegister } from './register/start-register.ts'
import type { Rewinder } from './rewind.ts'
import type { Sight } from './sight/create-sight.ts'
import type { Subscriber } from './subscribe/create-subscriber.ts'

export interface CheckedParts {
  readonly subscriber: Pick<Subscriber, 'connected' | 'held'>
  readonly store: Store
  readonly register: RunningRegister
  readonly batcher: Pick<Batcher, 'failing' | 'waiting'>
  readonly rewinder: Pick<Rewinder, 'waiting' | 'failing'>
  readonly sight: Pick<Sight, 'now'>
  readonly capacity: Pick<RunningCapacity, 'check'>
}

/** What ingest needs to do its work. */
export function readyChecks({
  subscriber,
  store,
  register,
  batcher,
  rewinder,
  sight,
  capacity,
}: CheckedParts): Record<string, ReadyCheck> {
  return {
    broker: () => ({ ok: subscriber.connected(), detail: `${subscriber.held()} messages held` }),
    database: async () => {
      await store.query('select 1')
      return { ok: true, detail: store.edition }
    },
    // A condition that nobody watches is told here, in the log and as a metric; it is no reason to call ingest unfit, and to
    // have it started again and again, for all the others.
    register: () => ({ ok: true, detail: `${register.unwatched()} conditions are watched by nobody` }),
    // Their late fixes are stored, and tried again every minute; all others are judged.
    'late stretches': () => ({
      ok: true,
      detail: `${rewinder.waiting()} waiting, ${rewinder.failing()} of them failing`,
    }),
    capacity: capacity.check,
    pipeline: () => {
      const failing = batcher.failing()
      const since = failing === null ? '' : `, failing since ${new Date(failing.since).toISOString()}`
      const { oldestHeldSeconds } = sight.now()
      const held = `the oldest held for ${oldestHeldSeconds.toFixed(1)} s`
      const ok = failing === null && oldestHeldSeconds < LATE_SECONDS
      return { ok, detail: `${batcher.waiting()} messages waiting, ${held}${since}` }
    },
    sight: () => checkSight(sight.now()),
  }
}

/** Batches take milliseconds. */
const LATE_SECONDS = 10

/** Blind for what comes now: full, or deaf. */
function checkSight({ fullSince, silentSeconds, silentLimitSeconds, tagsExpected, provisional }: LiveSight) {
  const told = provisional === 0 ? '' : `; ${provisional} critical breaches wait to be recorded`
  if (fullSince !== null)
    return { ok: false, detail: `blind for new fixes since ${fullSince}: no more can be held${told}` }
  const isDeaf = silentLimitSeconds !== null && silentSeconds > silentLimitSeconds
  const heard = `nothing received for ${silentSeconds.toFixed(1)} s, ${tagsExpected} tags are expected`
  return { ok: !isDeaf, detail: `${heard}${told}` }
}
