import { backoff, type Clock, type Logger, sleep, toError } from '@cordon/runtime'
import { blamesMessage } from './blames-message.ts'
import { createMessageQueue } from './message-queue.ts'
import type { ReceivedMessage } from './subscribe/create-subscriber.ts'
import { createTrouble, type Failing } from './trouble.ts'

export interface BatcherOptions {
  /** Runs one batch through the pipeline. Rejects when nothing of it has been kept. */
  readonly run: (messages: readonly ReceivedMessage[]) => Promise<void>
  /** Keeps one message whose processing fails by itself, with the error, in place of what it says. */
  readonly quarantine: (message: ReceivedMessage, error: Error) => Promise<void>
  /** Called with a batch once all of it has been kept. */
  readonly done: (messages: readonly ReceivedMessage[]) => void
  /** Messages in one batch at most. */
  readonly maxMessages: number
  /** Milliseconds from the beginning of one batch to that of the next, at least, unless a full one waits. */
  readonly everyMs?: number
  readonly random: () => number
  readonly clock: Clock
  readonly logger: Logger
}

export interface UnderWay {
  /** Of the batch, counted from 1 by this process. */
  readonly number: number
  readonly messages: readonly ReceivedMessage[]
  /** Milliseconds since it was begun, by a clock that nobody can set. */
  readonly forMs: number
}

export interface Batcher {
  add(message: ReceivedMessage): void
  /** Runs an empty batch when nothing else is under way or waiting, so that time alone can be judged. */
  tick(): void
  waiting(): number
  /** The batch that is under way; null between batches. */
  underWay(): UnderWay | null
  /** Everything that is held and not committed, the batch under way first. */
  held(): readonly ReceivedMessage[]
  failing(): Failing | null
  /**
   * Leaves out what waits of readings before this one. For a source alone that has written down what is not acknowledged and is certain to
   * send it again: a broker that was killed may not have it any more.
   */
  forgetBefore(connection: number): void
  /** Waits for the batch under way, and leaves what waits to the broker. */
  stop(): Promise<void>
}

/** Requirement R72: a message that failed so often is put aside, and what follows it flows. */
const POISON_TRIES = 3
/**
 * A commit costs ingest and database about 0.4 ms of CPU beside its rows, and messages come one by one: at 1,000 fixes a second
 * a transaction for each of them was two thirds of all the CPU of both. A person is told 20 ms later at most.
 */
const BATCH_EVERY_MS = 20

/**
 * One batch at a time, live messages before stored ones, else in the order of arrival. While one is being committed the next one gathers, so batches grow with the
 * load by themselves; after one there is a rest, so that they grow at a low load too. A lone message waits for nothing. Its
 * bound is the subscriber's, which reads no further when enough is held. While the database is away or slow a batch is run
 * again, whole, until it is kept or the process stops: nothing is acknowledged meanwhile and nothing is dropped. A batch that
 * fails for what it holds is taken apart after three tries, and the message at fault is quarantined, so that it cannot hold up
 * the others.
 *
 * States: idle → running → (failing ⇄ running) → idle. Nothing here rejects: a failure is run again, or a stop ends it.
 */
export function createBatcher(options: BatcherOptions): Batcher {
  const { run, quarantine, done, maxMessages, everyMs = BATCH_EVERY_MS, random } = options
  const trouble = createTrouble(options)
  const queue = createMessageQueue(maxMessages)
  let running: Promise<void> | undefined
  let ticked = false
  let batches = 0
  let current: { readonly messages: readonly ReceivedMessage[]; readonly begunAt: number } | undefined
  const stopping = new AbortController()

  /** Whether it was kept; not, when a stop came first. */
  const attempt = async (work: () => Promise<void>, onFailure: (error: unknown) => boolean): Promise<boolean> => {
    const waits = backoff({ minMs: 50, maxMs: 2_000, random })
    while (!stopping.signal.aborted) {
      try {
        await work()
        trouble.over()
        return true
      } catch (error) {
        trouble.failed(error)
        if (onFailure(error)) return false
        await sleep(waits.next(), stopping.signal).catch(() => undefined)
      }
    }
    return false
  }

  /** Runs a batch until it is kept. What fails for its own sake and not for the database's is taken apart until it is alone. */
  const keep = async (messages: readonly ReceivedMessage[], patience: number): Promise<boolean> => {
    let faults = 0
    let fault: unknown
    const kept = await attempt(
      () => run(messages),
      error => {
        if (!blamesMessage(error) || ++faults < patience) return false
        fault = error
        return true
      },
    )
    return kept || (fault !== undefined && isolate(messages, toError(fault)))
  }

  const isolate = async (messages: readonly ReceivedMessage[], error: Error): Promise<boolean> => {
    const [message] = messages
    // Time alone failed: it is judged again with the next tick.
    if (message === undefined) return true
    if (messages.length === 1)
      return attempt(
        () => quarantine(message, error),
        () => false,
      )
    const middle = messages.length >> 1
    return (await keep(messages.slice(0, middle), 1)) && keep(messages.slice(middle), 1)
  }

  const rest = async (begunAt: number): Promise<void> => {
    const restMs = everyMs - (performance.now() - begunAt)
    if (restMs > 0 && queue.length() < maxMessages) await sleep(restMs, stopping.signal).catch(() => undefined)
  }

  const drain = async () => {
    while ((queue.length() > 0 || ticked) && !stopping.signal.aborted) {
      const begunAt = performance.now()
      ticked = false
      const messages = queue.take()
      batches += 1
      current = { messages, begunAt }
      if (await keep(messages, POISON_TRIES)) done(messages)
      current = undefined
      await rest(begunAt)
    }
    running = undefined
  }
  // The start is put off to the next turn of the event loop, so that all messages of one network read are in the first batch.
  const start = () => {
    if (!stopping.signal.aborted) running ??= new Promise<void>(resolve => setImmediate(resolve)).then(drain)
  }

  return {
    add: message => {
      queue.add(message)
      start()
    },
    tick: () => {
      ticked = true
      start()
    },
    waiting: () => queue.length(),
    underWay: () =>
      current === undefined
        ? null
        : { number: batches, messages: current.messages, forMs: performance.now() - current.begunAt },
    held: () => [...(current?.messages ?? []), ...queue.all()],
    failing: trouble.now,
    forgetBefore: connection => {
      queue.keepOnly(message => message.connection >= connection || message.messageId === 0)
    },
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
