import { createError, type Logger } from '@cordon/runtime'
import { BrokerState, type Session, sizeOf } from './broker-state.ts'
import { Journal } from './journal.ts'
import type { BrokerLimits } from './limits.ts'
import { readJournal } from './read-journal.ts'
import type { BrokerRecord, RetainRecord } from './records.ts'

export interface MessageStoreOptions {
  /** Where to keep everything; only in memory when undefined. */
  readonly dir: string | undefined
  readonly limits: BrokerLimits
  readonly logger: Logger
}

/** One acknowledgement makes room for one message; a few more may wait for another session's. */
const WOKEN_AT_ONCE = 8

/** More than any record takes: a packet's topic escaped in JSON, its payload, and the sessions it is for. */
function longestRecord({ maxPacketBytes, maxSessions }: BrokerLimits): number {
  return maxPacketBytes * 7 + maxSessions * 12 + 65_536
}

/**
 * The state together with its journal: a change is applied at once and is durable when the promise is fulfilled. It also
 * holds the bound of what is kept. When there is no room the publisher waits, unacknowledged, and is refused in the end.
 */
export class MessageStore {
  readonly state = new BrokerState()
  readonly #journal: Journal | undefined
  readonly #options: MessageStoreOptions
  readonly #seqOf = new WeakMap<Buffer, number>()
  readonly #forRoom = new Set<() => void>()
  #toldFullAt = Number.NEGATIVE_INFINITY

  constructor(options: MessageStoreOptions) {
    this.#options = options
    const { dir, logger } = options
    if (dir !== undefined) this.#journal = new Journal({ dir, logger, snapshot: () => this.state.snapshot() })
  }

  async open(): Promise<void> {
    const { dir, logger, limits } = this.#options
    if (dir === undefined) return
    const records = readJournal({ dir, logger, maxRecordBytes: longestRecord(limits) })
    for await (const record of records) this.state.apply(record)
    for (const { queue } of this.state.sessions.values()) for (const kept of queue.values()) this.#remember(kept)
    await this.#journal?.open()
  }

  async close(): Promise<void> {
    this.#wake(this.#forRoom.size)
    await this.#journal?.close()
  }

  async commit(record: BrokerRecord): Promise<void> {
    this.state.apply(record)
    if (record.kind === 'forget') this.#wake(this.#forRoom.size)
    await this.#journal?.append(record)
  }

  /** For what a crash may undo: an acknowledgement that is lost only means that the message is sent again. */
  commitLazily(record: BrokerRecord): void {
    this.state.apply(record)
    this.#journal?.appendLazily(record)
    this.#wake(WOKEN_AT_ONCE)
  }

  /** The number of the kept message with this very buffer as payload, if it is one. */
  seqOf(payload: Buffer | undefined): number | undefined {
    return payload === undefined ? undefined : this.#seqOf.get(payload)
  }

  /**
   * Keeps a message for every persistent session that wants it; durable when fulfilled. `payload` must be a buffer of its
   * own: it is how the message is recognised later. Rejects with `too-many-requests` when there was no room for too long.
   */
  async keep(topic: string, payload: Buffer): Promise<void> {
    const deadline = performance.now() + this.#options.limits.fullWaitMs
    let sessions = this.state.interested(topic)
    for (let full = this.#fullFor(sessions, topic, payload); full !== undefined; ) {
      if (performance.now() >= deadline) throw createError('too-many-requests', full)
      await this.#room(deadline - performance.now())
      sessions = this.state.interested(topic)
      full = this.#fullFor(sessions, topic, payload)
    }
    if (sessions.size > 0) await this.commit(this.#messageFor(sessions, topic, payload))
  }

  /** The same for a message of the broker itself, such as a will: at once, without a bound, durable a moment later. */
  keepNow(topic: string, payload: Buffer): void {
    const sessions = this.state.interested(topic)
    if (sessions.size > 0) this.commitLazily(this.#messageFor(sessions, topic, payload))
  }

  /** Keeps the last message of a topic. Rejects with `too-many-requests` when there are too many topics. */
  async retain({ topic, qos, payload }: Omit<RetainRecord, 'kind'>): Promise<void> {
    const { retained } = this.state
    const { maxRetained } = this.#options.limits
    if (retained.size >= maxRetained && !retained.has(topic)) {
      throw createError('too-many-requests', `no room: ${maxRetained} retained messages are kept`)
    }
    await this.commit({ kind: 'retain', topic, qos, payload })
  }

  #messageFor(sessions: ReadonlySet<Session>, topic: string, payload: Buffer): BrokerRecord {
    const seq = this.state.nextSeq()
    this.#remember({ seq, payload })
    return { kind: 'message', seq, topic, payload, sessions: [...sessions].map(({ number }) => number) }
  }

  #remember({ payload, seq }: { readonly payload: Buffer; readonly seq: number }): void {
    this.#seqOf.set(payload, seq)
  }

  #fullFor(sessions: Iterable<Session>, topic: string, payload: Buffer): string | undefined {
    const { maxQueuedBytes, maxQueuedMessages } = this.#options.limits
    const full = [...sessions].find(({ queue }) => queue.size >= maxQueuedMessages)
    const tooLarge = this.state.queuedBytes + sizeOf({ topic, payload }) > maxQueuedBytes
    if (full === undefined && !tooLarge) return undefined
    const reason =
      full === undefined
        ? `no room: ${maxQueuedBytes} bytes are kept for persistent sessions`
        : `no room: ${maxQueuedMessages} messages are kept for the session ${full.clientId}`
    this.#tellFull(reason)
    return reason
  }

  /** Loudly, but once in ten seconds: every publisher meets the same full queue. */
  #tellFull(reason: string): void {
    if (performance.now() - this.#toldFullAt < 10_000) return
    this.#toldFullAt = performance.now()
    this.#options.logger.error({ reason }, 'the broker is full: publishers are not acknowledged until there is room')
  }

  #room(ms: number): Promise<void> {
    return new Promise(resolve => {
      const proceed = (): void => {
        clearTimeout(timer)
        this.#forRoom.delete(proceed)
        resolve()
      }
      const timer = setTimeout(proceed, ms)
      this.#forRoom.add(proceed)
    })
  }

  /** Lets the publishers that have waited longest look again. */
  #wake(count: number): void {
    let left = count
    for (const proceed of this.#forRoom) {
      if (left <= 0) return
      left -= 1
      proceed()
    }
  }
}
