import { createError, toError } from './errors/cordon-error.ts'
import type { Logger } from './log/create-logger.ts'
import { withTimeout } from './timing/with-timeout.ts'

export type Stop = () => Promise<void> | void

/** What a part's start gives back: its stop, or something that carries it. */
export type Startable = Stop | { readonly stop: Stop }

export interface LifecycleOptions {
  /** For each part, in milliseconds. A part that takes longer is left behind, logged, and the exit code becomes 1. */
  readonly stopTimeoutMs?: number
}

export interface Lifecycle {
  /**
   * Starts one part and remembers its stop. Gives back what `start` gave. When it fails, everything started before it is
   * stopped again and `start-failed` is thrown with the cause.
   */
  start<T extends Startable>(part: string, start: () => Promise<T> | T): Promise<T>
  /** Stops everything, last started first. Calling it again waits for the same stop. Never rejects. */
  stop(reason: string): Promise<void>
  /** A part died that should be running: log it, stop the rest, exit with 1. */
  fail(part: string, reason: unknown): void
  /**
   * The process cannot start: log why, stop what has started, exit with 1, even if something would keep it alive. For the main
   * of a program of its own; where parts run inside a larger one, `start` has rejected and that is all.
   */
  giveUp(reason: unknown): Promise<void>
  /** Fulfilled once everything has stopped, whoever asked for it. */
  readonly stopped: Promise<void>
}

interface StartedPart {
  readonly part: string
  readonly stop: Stop
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const
const STOP_TIMEOUT_MS = 10_000
/** After a stop nothing should keep the process alive; what does after this long is a leak, and is ended. */
const LINGER_MS = 2_000

/**
 * The life of a process: starting → running → stopping → stopped, and never back. From the first start on it listens to
 * SIGTERM and SIGINT: the first asks for a stop (once the start under way has ended), the second exits at once.
 */
export function createLifecycle(logger: Logger, { stopTimeoutMs = STOP_TIMEOUT_MS }: LifecycleOptions = {}): Lifecycle {
  const parts: StartedPart[] = []
  let starting: Promise<unknown> = Promise.resolve()
  let stopping: Promise<void> | undefined
  let listening = false
  let end: () => void = () => undefined
  const stopped = new Promise<void>(resolve => {
    end = resolve
  })

  function onSignal(signal: NodeJS.Signals): void {
    if (stopping !== undefined) {
      logger.warn({ signal }, 'second signal: leaving at once')
      process.exit(1)
    }
    void stop(signal).then(() => endLingering(logger))
  }

  async function start<T extends Startable>(part: string, begin: () => Promise<T> | T): Promise<T> {
    if (stopping !== undefined) throw createError('start-failed', `${part} was not started: the process is stopping`)
    const remember = (started: T): T => {
      parts.push({ part, stop: typeof started === 'function' ? started : () => started.stop() })
      logger.debug({ part }, 'started')
      return started
    }
    if (!listening) for (const signal of SIGNALS) process.on(signal, onSignal)
    listening = true
    try {
      const attempt = Promise.resolve().then(begin).then(remember)
      starting = attempt.catch(() => undefined)
      return await attempt
    } catch (cause) {
      await stop(`${part} did not start`)
      throw createError('start-failed', `${part} did not start: ${toError(cause).message}`, { cause })
    }
  }

  function stop(reason: string): Promise<void> {
    stopping ??= stopAll(reason).finally(end)
    return stopping
  }

  async function stopAll(reason: string): Promise<void> {
    await starting
    logger.info({ reason }, 'stopping')
    for (const started of parts.splice(0).reverse()) await stopPart(started, stopTimeoutMs, logger)
    if (listening) for (const signal of SIGNALS) process.off(signal, onSignal)
    logger.info('stopped')
  }

  function fail(part: string, reason: unknown): void {
    if (stopping !== undefined) return
    process.exitCode = 1
    logger.fatal({ part, err: toError(reason) }, 'a part of the process has failed')
    void stop(`${part} failed`).then(() => endLingering(logger))
  }

  async function giveUp(reason: unknown): Promise<void> {
    process.exitCode = 1
    logger.fatal({ err: toError(reason) }, 'the process did not start')
    await stop('the start has failed')
    endLingering(logger)
  }

  return { start, stop, fail, giveUp, stopped }
}

async function stopPart({ part, stop }: StartedPart, stopTimeoutMs: number, logger: Logger): Promise<void> {
  try {
    await withTimeout(`stopping ${part}`, stopTimeoutMs, () => stop())
    logger.debug({ part }, 'stopped')
  } catch (error) {
    process.exitCode = 1
    logger.error({ part, err: toError(error) }, 'a part did not stop cleanly')
  }
}

/** The timer does not keep the process alive: it only fires when something else does. */
function endLingering(logger: Logger): void {
  setTimeout(() => {
    logger.error({ resources: process.getActiveResourcesInfo() }, 'still alive after the stop: leaving')
    process.exit(1)
  }, LINGER_MS).unref()
}
