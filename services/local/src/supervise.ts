import { backoff, isCordonError, type Logger, type RunningProcess, sleep, toError } from '@cordon/runtime'

export interface Supervision {
  /** For the log. */
  readonly part: string
  /** Starts it once. When the signal is aborted it is to come back soon, with whatever it has started. */
  readonly start: (given: AbortSignal) => Promise<RunningProcess>
  /** Aborted when the whole process is asked to stop, also while the first start is under way. */
  readonly stopping: AbortSignal
  readonly logger: Logger
}

export interface Supervised {
  pid(): number
  stop(): Promise<void>
}

/** A child that ran for this long was well: the next failure is waited for briefly. */
const STEADY_MS = 60_000

/** What took a port can be a connection that was given it by chance, and gone a moment later. */
const FIRST_STARTS = 3

/**
 * Keeps a child running: one that ends by itself is started again, after a wait that grows while it keeps failing. The first
 * start rejects with why it failed; when that is `port-in-use`, at the third attempt.
 */
export async function supervise({ part, start, stopping, logger }: Supervision): Promise<Supervised> {
  const own = new AbortController()
  const given = AbortSignal.any([own.signal, stopping])
  const waits = backoff({ minMs: 500, maxMs: 10_000, random: Math.random })

  const startFirst = async (): Promise<RunningProcess> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await start(given)
      } catch (error) {
        if (attempt === FIRST_STARTS || given.aborted || !isCordonError(error, 'port-in-use')) throw error
        logger.warn({ part, err: error }, 'a port of a service was taken: trying once more')
        await sleep(waits.next(), given)
      }
    }
  }
  let child = await startFirst()
  waits.reset()

  const startAgain = async (): Promise<RunningProcess> => {
    for (;;) {
      await sleep(waits.next(), given)
      try {
        return await start(given)
      } catch (error) {
        logger.error({ part, err: toError(error) }, 'a service could not be started again: trying once more')
      }
    }
  }
  const watch = async () => {
    for (;;) {
      const startedAt = performance.now()
      const { code, signal } = await child.exited
      if (given.aborted) return
      logger.error({ part, code, signal }, 'a service has ended and is started again')
      if (performance.now() - startedAt > STEADY_MS) waits.reset()
      child = await startAgain()
      if (given.aborted) return child.stop()
      logger.warn({ part, childPid: child.pid }, 'the service runs again')
    }
  }
  const watching = watch().catch((error: unknown) => {
    if (!given.aborted) logger.error({ part, err: toError(error) }, 'a service is no longer watched')
  })

  return {
    pid: () => child.pid,
    stop: async () => {
      own.abort()
      await child.stop()
      await watching
    },
  }
}
