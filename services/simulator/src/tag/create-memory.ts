/** A message that the broker has not acknowledged yet. */
export interface KeptMessage {
  readonly topic: string
  readonly payload: string | Buffer
  /** Told once, by the first acknowledgement. */
  readonly acknowledged: () => void
}

/**
 * What a tag remembers: messages until they are acknowledged, in the order of sending. A full memory forgets the oldest,
 * as the ring of a tag's flash does.
 */
export interface Memory {
  add(message: KeptMessage): void
  /** The oldest that is not on its way; from then on it is. */
  take(): KeptMessage | undefined
  /** False for a message that is not on its way: it has been acknowledged already, or was taken back. */
  remove(message: KeptMessage): boolean
  /** A lost connection: what was on its way has to go again, before anything newer. */
  takeAllBack(): void
  onTheWay(): number
  /** All that is kept, on its way or not. */
  size(): number
  forgotten(): number
}

export function createMemory(capacity: number): Memory {
  // Sets keep the order of insertion and remove in constant time.
  let waiting = new Set<KeptMessage>()
  let going = new Set<KeptMessage>()
  let forgotten = 0
  return {
    add: message => {
      const [oldest] = waiting
      if (waiting.size + going.size >= capacity && oldest !== undefined) {
        waiting.delete(oldest)
        forgotten++
      }
      waiting.add(message)
    },
    take: () => {
      const [oldest] = waiting
      if (oldest === undefined) return undefined
      waiting.delete(oldest)
      going.add(oldest)
      return oldest
    },
    remove: message => going.delete(message),
    takeAllBack: () => {
      waiting = new Set([...going, ...waiting])
      going = new Set()
    },
    onTheWay: () => going.size,
    size: () => waiting.size + going.size,
    forgotten: () => forgotten,
  }
}
