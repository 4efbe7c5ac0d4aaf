import { setImmediate } from 'node:timers/promises'
import type { Message, Session } from './broker-state.ts'

/*
 * A persistent session that comes back has a queue, and messages go on being published. aedes sends both at once, so a new
 * message could overtake the queue, and a fix that comes behind a newer one is not judged in its place. Here a connection is
 * behind until everything queued has been written, what came in meanwhile included; only then do messages go to it directly:
 *
 *   connected ──▶ behind ── the last of the queue is written, and nothing new is in it ──▶ live
 *
 * The step to live is taken without a wait after looking into the queue, so no message falls between the two.
 */

/** A new connection of this session: behind, until `catchUp` has ended. */
export function beginCatchUp({ catchUp }: Session): void {
  catchUp.isLive = false
  catchUp.sentSeq = -1
}

/** A message of the queue is being written to the connection. */
export function noteSent({ catchUp }: Session, seq: number): void {
  if (!catchUp.isLive) catchUp.sentSeq = Math.max(catchUp.sentSeq, seq)
}

/** Whether a message that was just published may go to the connection directly: not before the queue, and not a second time. */
export function mayGoDirectly({ catchUp, queue }: Session, seq: number): boolean {
  return seq > catchUp.sentSeq && (catchUp.isLive || !queue.has(seq))
}

/** What the session has not acknowledged, oldest first, until there is no more; then the connection is live. */
export async function* catchUpWith(session: Session, isGivenUp: () => boolean): AsyncGenerator<object> {
  let last = -1
  while (!isGivenUp()) {
    for (const message of after(session, last)) {
      last = message.seq
      yield { cmd: 'publish', topic: message.topic, payload: message.payload, qos: 1 }
    }
    // What was given to the stream is written a little later, one after the other.
    if (session.catchUp.sentSeq >= last || !session.queue.has(last)) {
      await setImmediate()
      if (after(session, last).next().done === true) {
        session.catchUp.isLive = true
        return
      }
    } else await setImmediate()
  }
}

function* after({ queue }: Session, seq: number): Generator<Message> {
  for (const message of queue.values()) if (message.seq > seq) yield message
}
