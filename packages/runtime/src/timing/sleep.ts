import { setTimeout } from 'node:timers/promises'

/** Waits `ms` milliseconds. Rejects with an `AbortError` as soon as the signal is aborted, so that a stop need not wait. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, signal === undefined ? {} : { signal })
}
