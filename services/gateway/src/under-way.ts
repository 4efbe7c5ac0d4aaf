/** Work that uses the database and that nobody waits for otherwise: before the database is closed, somebody has to. */
export interface UnderWay {
  /** Gives back what it was given. */
  track<T>(work: Promise<T>): Promise<T>
  /** Fulfilled once nothing is under way, what began meanwhile included. */
  ended(): Promise<void>
}

export function createUnderWay(): UnderWay {
  const all = new Set<Promise<unknown>>()
  return {
    track: work => {
      const forget = () => void all.delete(work)
      all.add(work)
      work.then(forget, forget)
      return work
    },
    ended: async () => {
      while (all.size > 0) await Promise.allSettled(all)
    },
  }
}
