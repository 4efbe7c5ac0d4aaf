import type { ReadyCheck } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import type { Batcher } from './batch.ts'
import type { RunningRegister } from './register/start-register.ts'
import type { Rewinder } from './rewind.ts'
import type { Subscriber } from './subscribe/create-subscriber.ts'

export interface CheckedParts {
  readonly subscriber: Pick<Subscriber, 'connected' | 'held'>
  readonly store: Store
  readonly register: RunningRegister
  readonly batcher: Pick<Batcher, 'failing' | 'waiting'>
  readonly rewinder: Pick<Rewinder, 'waiting' | 'failing'>
}

/** What ingest needs to do its work. */
export function readyChecks({
  subscriber,
  store,
  register,
  batcher,
  rewinder,
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
    pipeline: () => {
      const failing = batcher.failing()
      const since = failing === null ? '' : `, failing since ${new Date(failing.since).toISOString()}`
      return { ok: failing === null, detail: `${batcher.waiting()} messages waiting${since}` }
    },
  }
}
