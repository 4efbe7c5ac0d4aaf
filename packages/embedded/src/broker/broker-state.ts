import type { BrokerRecord, MessageRecord, RetainRecord, WillRecord } from './records.ts'
import { createTopicTree } from './topic-tree.ts'

/** What the broker keeps for one client that asked it to (clean session 0), connected or not. */
export interface Session {
  readonly number: number
  readonly clientId: string
  readonly subscriptions: Map<string, 0 | 1>
  /** Messages not yet acknowledged by this client, oldest first. */
  readonly queue: Map<number, Message>
  /** The packet identifiers of this connection, both ways. Never written down: on the next one each message gets another. */
  readonly seqOfIdentifier: Map<number, number>
  readonly identifierOfSeq: Map<number, number>
  /** How this connection is brought up to date; see `catch-up.ts`. A session that was just made has nothing to catch up with. */
  readonly catchUp: { isLive: boolean; sentSeq: number }
}

export interface Message {
  readonly seq: number
  readonly topic: string
  readonly payload: Buffer
  /** How many sessions still wait for it. */
  waiting: number
}

/** All that the broker keeps. Only `apply` changes it, so the same records give the same state. No I/O. */
export class BrokerState {
  readonly sessions = new Map<string, Session>()
  readonly retained = new Map<string, RetainRecord>()
  readonly wills = new Map<string, WillRecord>()
  readonly #byNumber = new Map<number, Session>()
  readonly #messages = new Map<number, Message>()
  readonly #filters = createTopicTree<Session>()
  #lastSeq = 0
  #lastSession = 0
  #queuedBytes = 0

  get queuedBytes(): number {
    return this.#queuedBytes
  }

  nextSeq(): number {
    return this.#lastSeq + 1
  }

  nextSession(): number {
    return this.#lastSession + 1
  }

  /** The sessions that keep a message on this topic. */
  interested(topic: string): Set<Session> {
    return this.#filters.match(topic)
  }

  apply(record: BrokerRecord): void {
    switch (record.kind) {
      case 'session':
        this.#addSession(record.session, record.clientId)
        return
      case 'forget':
        this.#forget(record.session)
        return
      case 'subscribe':
        this.#subscribe(record.session, record.filter, record.qos)
        return
      case 'unsubscribe':
        this.#unsubscribe(record.session, record.filter)
        return
      case 'message':
        this.#addMessage(record)
        return
      case 'also':
        this.#enqueue(this.#messages.get(record.seq), record.session)
        return
      case 'done':
        this.#dequeue(record.seq, record.session)
        return
      case 'retain':
        if (record.payload.length === 0) this.retained.delete(record.topic)
        else this.retained.set(record.topic, record)
        return
      case 'will':
        if (record.topic === undefined) this.wills.delete(record.clientId)
        else this.wills.set(record.clientId, record)
        return
    }
  }

  /** The records that make this state. */
  *snapshot(): Generator<BrokerRecord> {
    const waiting = new Map<Message, number[]>()
    for (const { number, clientId, subscriptions, queue } of this.sessions.values()) {
      yield { kind: 'session', session: number, clientId }
      for (const [filter, qos] of subscriptions) yield { kind: 'subscribe', session: number, filter, qos }
      for (const message of queue.values()) waiting.set(message, [...(waiting.get(message) ?? []), number])
    }
    // In the order of their numbers, which is the order of each queue.
    for (const message of this.#messages.values()) {
      const { seq, topic, payload } = message
      yield { kind: 'message', seq, topic, payload, sessions: waiting.get(message) ?? [] }
    }
    yield* this.retained.values()
    yield* this.wills.values()
  }

  #addSession(number: number, clientId: string): void {
    this.#lastSession = Math.max(this.#lastSession, number)
    const inFlight = { seqOfIdentifier: new Map(), identifierOfSeq: new Map() }
    const catchUp = { isLive: true, sentSeq: -1 }
    const session: Session = { number, clientId, subscriptions: new Map(), queue: new Map(), catchUp, ...inFlight }
    this.sessions.set(clientId, session)
    this.#byNumber.set(number, session)
  }

  #forget(number: number): void {
    const session = this.#byNumber.get(number)
    if (session === undefined) return
    for (const filter of session.subscriptions.keys()) this.#filters.remove(filter, session)
    for (const seq of [...session.queue.keys()]) this.#dequeue(seq, number)
    this.sessions.delete(session.clientId)
    this.#byNumber.delete(number)
  }

  #subscribe(number: number, filter: string, qos: 0 | 1): void {
    const session = this.#byNumber.get(number)
    if (session === undefined) return
    session.subscriptions.set(filter, qos)
    // A session keeps nothing for what it takes at QoS 0.
    if (qos === 0) this.#filters.remove(filter, session)
    else this.#filters.add(filter, session)
  }

  #unsubscribe(number: number, filter: string): void {
    const session = this.#byNumber.get(number)
    if (session === undefined) return
    session.subscriptions.delete(filter)
    this.#filters.remove(filter, session)
  }

  #addMessage({ seq, topic, payload, sessions }: MessageRecord): void {
    this.#lastSeq = Math.max(this.#lastSeq, seq)
    const message: Message = { seq, topic, payload, waiting: 0 }
    for (const number of sessions) this.#enqueue(message, number)
  }

  #enqueue(message: Message | undefined, number: number): void {
    const session = this.#byNumber.get(number)
    if (message === undefined || session === undefined || session.queue.has(message.seq)) return
    session.queue.set(message.seq, message)
    if (message.waiting === 0) {
      this.#messages.set(message.seq, message)
      this.#queuedBytes += sizeOf(message)
    }
    message.waiting += 1
  }

  #dequeue(seq: number, number: number): void {
    const session = this.#byNumber.get(number)
    const message = session?.queue.get(seq)
    if (session === undefined || message === undefined) return
    session.queue.delete(seq)
    const identifier = session.identifierOfSeq.get(seq)
    session.identifierOfSeq.delete(seq)
    if (identifier !== undefined) session.seqOfIdentifier.delete(identifier)
    message.waiting -= 1
    if (message.waiting > 0) return
    this.#messages.delete(seq)
    this.#queuedBytes -= sizeOf(message)
  }
}

/** Bytes that a kept message counts for; about 200 are what the process needs to keep track of it. */
export function sizeOf({ topic, payload }: { readonly topic: string; readonly payload: Buffer }): number {
  return 200 + topic.length + payload.length
}
