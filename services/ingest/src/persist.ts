import { type Store, type Written, writeBatch } from '@cordon/store'
import { judgedThrough } from '@cordon/watch'
import type { Decoded } from './decode.ts'
import type { Evaluated } from './evaluate.ts'

/** One transaction for everything that a batch came to. When this resolves it is on disk; doing it again changes nothing. */
export function persist(store: Store, decoded: Decoded, evaluated: Evaluated): Promise<Written> {
  return writeBatch(store, {
    fixes: evaluated.fixes.map(({ activation, fix }) => ({ activationId: activation.id, fix })),
    aside: evaluated.aside.map(({ activation, fix, reason }) => ({ activationId: activation.id, fix, reason })),
    events: decoded.events.map(({ activation, event }) => ({ activationId: activation.id, event })),
    statuses: decoded.statuses,
    acks: decoded.acks,
    quarantine: decoded.rejected.map(({ message, tagId, rejection, seen }) => ({
      topic: message.topic,
      tagId,
      receivedAt: message.receivedAt,
      payload: message.payload,
      rejection,
      ...(seen === undefined ? {} : { seen }),
    })),
    judgements: evaluated.judgements,
    watchStates: evaluated.statesToWrite.flatMap(activationId => {
      const state = evaluated.states.get(activationId)
      return state === undefined ? [] : [{ activationId, judgedThrough: judgedThrough(state), state }]
    }),
    checkpoints: evaluated.checkpoints,
    replacedFrom: [],
  })
}
