import { type Logger, toError } from '@cordon/runtime'

export interface Repeated {
  /** As it stands in the log: `housekeeping`. */
  readonly name: string
  readonly firstMs: number
  readonly everyMs: number
  readonly logger: Logger
  /** Ends with an AbortError when the signal is aborted: it is taken up again by the next one. */
  readonly work: (signal: AbortSignal) => Promise<void>
}

/** Does something again and again, never twice at once; what fails is logged and tried again at the next turn. */
export function repeat({ name, firstMs, everyMs, logger, work }: Repeated): () => Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  let running: Promise<void> | undefined
  const run = () => {
    running ??= work(signal)
      .catch((error: unknown) => {
        if (!signal.aborted) logger.error({ err: toError(error) }, `${name} failed: it is tried again in its turn`)
      })
      .finally(() => {
        running = undefined
      })
  }
  const first = setTimeout(run, firstMs)
  const timer = setInterval(run, everyMs)
  return async () => {
    clearTimeout(first)
    clearInterval(timer)
    stopping.abort()
    await running
  }
}
