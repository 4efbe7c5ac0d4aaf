import { backoff, isCordonError, type Logger, sleep, toError } from '@cordon/runtime'
import type { ReceivedMessage } from './subscribe/create-subscriber.ts'

export interface BatcherOptions {
  /** Runs one batch through the pipeline. Rejects when nothing of it has been kept. */
  readonly run: (messages: readonly ReceivedMessage[]) => Promise<void>
  /** Keeps one message whose processing fails by itself, with the error, in place of what it says. */
  readonly quarantine: (message: ReceivedMessage, error: Error) => Promise<void>
  /** Called with a batch once all of it has been kept. */
  readonly done: (messages: readonly ReceivedMessage[]) => void
  /** Messages in one batch at most. */
  readonly maxMessages: number
  readonly random: () => number
  readonly logger: Logger
}

export interface Batcher {
  add(message: ReceivedMessage): void
  /** Runs an empty batch when nothing else is under way or waiting, so that time alone can be judged. */
  tick(): void
  waiting(): number
  /** When the present batch has failed at least once: since when, epoch ms. */
  failingSince(): number | null
  stop(): Promise<void>
}

/** Requirement R72: a message that failed so often is put aside, and what follows it flows. */
const POISON_TRIES = 3

const isOutage = (error: unknown) => isCordonError(error) && error.code === 'database-unavailable'

/**
 * One batch at a time, in the order of arrival. While one is being committed the next one gathers, so batches grow with the
 * load by themselves and a lone message waits for nothing. Its bound is the subscriber's: at most `receiveMaximum` messages are
 * held unacknowledged. While the database is away a batch is run again, whole, until it is kept or the process stops: nothing is
 * acknowledged meanwhile and nothing is dropped. A batch that fails for another reason is taken apart after three tries, and the
 * message at fault is quarantined, so that it cannot hold up the others.
 *
 * States: idle → running → (failing ⇄ running) → idle.
 */
export function createBatcher({ run, quarantine, done, maxMessages, random, logger }: BatcherOptions): Batcher {
  let queue: ReceivedMessage[] = []
  let running: Promise<void> | undefined
  let ticked = false
  let failingSince: number | null = null
  const stopping = new AbortController()

  const failed = (error: unknown, messages: readonly ReceivedMessage[]) => {
    failingSince ??= Date.now()
    logger.error({ err: toError(error), messages: messages.length }, 'a batch was not kept: it will be run again')
  }

  /** Runs a batch until it is kept. What fails for its own sake and not for the database's is taken apart until it is alone. */
  const keep = async (messages: readonly ReceivedMessage[], patience: number): Promise<void> => {
    const waits = backoff({ minMs: 50, maxMs: 2_000, random })
    for (let tries = 1; !stopping.signal.aborted; tries++) {
      try {
        await run(messages)
        failingSince = null
        return
      } catch (error) {
        failed(error, messages)
        if (!isOutage(error) && tries >= patience) return isolate(messages, error)
        await sleep(waits.next(), stopping.signal).catch(() => undefined)
      }
    }
  }

  const isolate = async (messages: readonly ReceivedMessage[], error: unknown): Promise<void> => {
    const [message] = messages
    if (message === undefined) return
    if (messages.length === 1) return quarantine(message, toError(error))
    const middle = messages.length >> 1
    await keep(messages.slice(0, middle), 1)
    await keep(messages.slice(middle), 1)
  }

  const drain = async () => {
    while ((queue.length > 0 || ticked) && !stopping.signal.aborted) {
      ticked = false
      const messages = queue.length <= maxMessages ? queue : queue.slice(0, maxMessages)
      queue = queue.length <= maxMessages ? [] : queue.slice(maxMessages)
      await keep(messages, POISON_TRIES)
      if (!stopping.signal.aborted) done(messages)
    }
    running = undefined
  }
  // The start is put off to the next turn of the event loop, so that all messages of one network read are in the first batch.
  const start = () => {
    running ??= new Promise<void>(resolve => setImmediate(resolve)).then(drain)
  }

  return {
    add: message => {
      queue.push(message)
      start()
    },
    tick: () => {
      ticked = true
      start()
    },
    waiting: () => queue.length,
    failingSince: () => failingSince,
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
