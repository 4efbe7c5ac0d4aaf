import type { ConnectedTag } from './connect-tags.ts'
import { createTag } from './create-tag.ts'
import type { PublishedTag } from './messages.ts'

/** One tag with what came of its messages. */
export interface Publisher {
  /** False when it has nothing to say now, or has to wait for its acknowledgements. */
  publish(now: number, isMalformed: boolean, onAcknowledged: () => void): boolean
  isWaiting(): boolean
  result(): PublishedTag
}

/** Messages of one tag under way at most. */
const MOST_UNACKNOWLEDGED = 20

/** `items`: fixes in one message. */
export function createPublisher({ plan, connection }: ConnectedTag, items: number, startAt: number): Publisher {
  const tag = createTag(plan, items, startAt)
  const unacknowledged = new Set<number>()
  let malformed = 0

  const publishFixes = (now: number, onAcknowledged: () => void): boolean => {
    const message = tag.next(now)
    if (message === null) return false
    const { firstSeq, payload } = message
    for (let seq = firstSeq; seq < firstSeq + items; seq++) unacknowledged.add(seq)
    const acknowledged = () => {
      for (let seq = firstSeq; seq < firstSeq + items; seq++) unacknowledged.delete(seq)
      onAcknowledged()
    }
    connection.publish(payload, acknowledged)
    return true
  }

  return {
    publish: (now, isMalformed, onAcknowledged) => {
      if (connection.unacknowledged() >= MOST_UNACKNOWLEDGED) return false
      if (!isMalformed) return publishFixes(now, onAcknowledged)
      connection.publish(tag.nextMalformed(now), () => {
        malformed++
        onAcknowledged()
      })
      return true
    },
    isWaiting: () => connection.unacknowledged() > 0,
    result: () => ({
      id: plan.id,
      fixes: tag.fixes(),
      unacknowledged: [...unacknowledged],
      malformed,
      enteredAt: tag.enteredAt(),
    }),
  }
}
