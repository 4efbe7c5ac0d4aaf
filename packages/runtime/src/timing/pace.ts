export interface PaceOptions {
  /** Does what has gathered. Takes it all, so that nothing is left for another call. */
  readonly work: () => void
  /** Milliseconds from one piece of work to the next, at least. */
  readonly leastMs: number
  /** Milliseconds that what has gathered waits at most, however dear the work is. */
  readonly mostMs: number
  /** Of the thread's time that the work may take, 0 to 1, as far as `mostMs` allows. */
  readonly share: number
}

export interface Pace {
  /** There is something to do: at once when it has been quiet, else as soon as the pace allows. */
  readonly ask: () => void
  stop(): void
}

/**
 * Work that gathers while it waits. After each piece there is a rest in proportion to what the piece took: what is asked for
 * after a quiet while is done at once, and a load that makes the work dear makes it rarer, not the thread busier. Milliseconds of
 * a busy machine count in full, so there it becomes rarer as well.
 */
export function createPace({ work, leastMs, mostMs, share }: PaceOptions): Pace {
  let nextAt = 0
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const run = () => {
    timer = undefined
    const begunAt = performance.now()
    work()
    const tookMs = performance.now() - begunAt
    nextAt = begunAt + Math.min(mostMs, Math.max(leastMs, tookMs / share))
  }
  return {
    ask: () => {
      if (timer !== undefined || stopped) return
      const waitMs = nextAt - performance.now()
      if (waitMs <= 0) run()
      else timer = setTimeout(run, waitMs)
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
      timer = undefined
    },
  }
}
