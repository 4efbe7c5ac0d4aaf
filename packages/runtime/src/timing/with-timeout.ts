import { createError } from '../errors/cordon-error.ts'

/**
 * Runs `work` for at most `ms` milliseconds, then rejects with `timed-out` and aborts the signal that `work` was given.
 * `what` names the step in the error. The timer never outlives the call.
 */
export async function withTimeout<T>(
  what: string,
  ms: number,
  work: (signal: AbortSignal) => Promise<T> | T,
): Promise<T> {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const error = createError('timed-out', `${what} took longer than ${ms} ms`)
      reject(error)
      controller.abort(error)
    }, ms)
  })
  try {
    return await Promise.race([Promise.resolve(work(controller.signal)), tooLate])
  } finally {
    clearTimeout(timer)
  }
}
