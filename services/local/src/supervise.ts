import { backoff, type Logger, type RunningProcess, sleep, toError } from '@cordon/runtime'

/** Keeps a child running: one that ends by itself is started again, after a wait that grows while it keeps failing. */
export async function supervise(
  name: string,
  start: () => Promise<RunningProcess>,
  logger: Logger,
): Promise<{ readonly pid: () => number; readonly stop: () => Promise<void> }> {
  const stopping = new AbortController()
  let child = await start()

  const watch = async () => {
    const waits = backoff({ minMs: 500, maxMs: 10_000, random: Math.random })
    while (!stopping.signal.aborted) {
      const startedAt = Date.now()
      const { code, signal } = await child.exited
      if (stopping.signal.aborted) return
      logger.error({ name, code, signal }, 'a service has ended and is started again')
      if (Date.now() - startedAt > 60_000) waits.reset()
      child = await startAgain(start, () => waits.next())
    }
  }
  const startAgain = async (again: () => Promise<RunningProcess>, nextWait: () => number): Promise<RunningProcess> => {
    for (;;) {
      await sleep(nextWait(), stopping.signal)
      try {
        return await again()
      } catch (error) {
        logger.error({ name, err: toError(error) }, 'a service could not be started again')
      }
    }
  }
  const watching = watch().catch((error: unknown) => {
    if (!stopping.signal.aborted) logger.error({ name, err: toError(error) }, 'a service is no longer watched')
  })

  return {
    pid: () => child.pid,
    stop: async () => {
      stopping.abort()
      await child.stop()
      await watching
    },
  }
}
