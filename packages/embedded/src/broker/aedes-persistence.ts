import { Readable } from 'node:stream'
import { createError } from '@cordon/runtime'
import type { AedesPublishPacket, Client, PublishPacket, Subscription } from 'aedes'
import type { Session } from './broker-state.ts'
import { beginCatchUp, catchUpWith, noteSent } from './catch-up.ts'
import type { BrokerLimits } from './limits.ts'
import type { MessageStore } from './message-store.ts'
import { createTopicTree } from './topic-tree.ts'

type ClientId = Pick<Client, 'id'>
type Packet = AedesPublishPacket
type StoredSubscription = Subscription & { readonly clientId: string }

export interface AedesPersistenceOptions {
  readonly store: MessageStore
  readonly limits: BrokerLimits
  /** Whether this client may subscribe to this filter. */
  readonly maySubscribe: (client: ClientId, filter: string) => boolean
}

/**
 * What aedes asks of a persistence, answered from the message store. The messages themselves are not stored here but
 * before, in the hook that runs ahead of the PUBACK (see `broker-hooks.ts`): aedes acknowledges first and stores afterwards,
 * so a process that is killed in between would lose what its publisher believes to be safe.
 *
 * Everything goes out at QoS 0 or 1: nothing in Cordon uses QoS 2. What comes in at QoS 2 is taken once while the broker
 * runs; across a restart it may come twice.
 */
export class AedesPersistence {
  readonly #store: MessageStore
  readonly #options: AedesPersistenceOptions
  readonly #incoming = new Map<string, Map<number, PublishPacket>>()
  #brokerId = ''

  constructor(options: AedesPersistenceOptions) {
    this.#options = options
    this.#store = options.store
  }

  async setup(broker: { readonly id: string }): Promise<void> {
    this.#brokerId = broker.id
  }

  /**
   * What a client published is retained already, by the same hook. Nothing here may wait for the disk: aedes numbers its
   * messages before it calls this, and a subscriber that has been given a later number ignores the earlier one.
   */
  async storeRetained(packet: Packet): Promise<void> {
    const { topic, qos } = packet
    const payload = bufferOf(packet)
    const known = this.#store.state.retained.get(topic)?.payload
    if (known === payload || (known === undefined && payload.length === 0)) return
    this.#store.commitLazily({ kind: 'retain', topic, qos: atMostOne(qos), payload: Buffer.from(payload) })
  }

  createRetainedStreamCombi(filters: readonly string[]): Readable {
    const tree = createTopicTree<true>()
    for (const filter of filters) tree.add(filter, true)
    const found = [...this.#store.state.retained.values()].filter(({ topic }) => tree.match(topic).size > 0)
    return Readable.from(
      found.map(({ topic, payload, qos }) => ({ cmd: 'publish', topic, payload, qos, retain: true })),
    )
  }

  /**
   * aedes hands over all filters of a SUBSCRIBE with each one that was allowed, those that were refused among them. Taken
   * as they come, a client would be kept messages that it may not read.
   */
  async addSubscriptions(client: ClientId, subscriptions: readonly Subscription[]): Promise<void> {
    const { number, subscriptions: known } = await this.#sessionOf(client)
    const wanted = subscriptions.filter(({ topic }) => this.#options.maySubscribe(client, topic))
    const changed = wanted.filter(({ topic, qos }) => known.get(topic) !== atMostOne(qos))
    await Promise.all(
      changed.map(({ topic, qos }) =>
        this.#store.commit({ kind: 'subscribe', session: number, filter: topic, qos: atMostOne(qos) }),
      ),
    )
  }

  async removeSubscriptions(client: ClientId, filters: readonly string[]): Promise<void> {
    const session = this.#store.state.sessions.get(client.id)
    if (session === undefined) return
    const known = filters.filter(filter => session.subscriptions.has(filter))
    await Promise.all(known.map(filter => this.#store.commit({ kind: 'unsubscribe', session: session.number, filter })))
  }

  async subscriptionsByClient(client: ClientId): Promise<Subscription[]> {
    const session = this.#store.state.sessions.get(client.id)
    // A new connection: packet identifiers begin anew.
    session?.seqOfIdentifier.clear()
    session?.identifierOfSeq.clear()
    if (session !== undefined) beginCatchUp(session)
    return [...(session?.subscriptions ?? [])].map(([topic, qos]) => ({ topic, qos }))
  }

  /** [MQTT-3.1.2-6]: a client that connects with a clean session ends the one that it had, with all that was kept in it. */
  async cleanSubscriptions(client: ClientId): Promise<void> {
    const session = this.#store.state.sessions.get(client.id)
    if (session !== undefined) await this.#store.commit({ kind: 'forget', session: session.number })
  }

  async subscriptionsByTopic(topic: string): Promise<StoredSubscription[]> {
    return [...this.#store.state.interested(topic)].map(({ clientId }) => ({ clientId, topic, qos: 1 }))
  }

  async outgoingEnqueue({ clientId }: { readonly clientId: string }, packet: Packet): Promise<void> {
    await this.outgoingEnqueueCombi([{ clientId }], packet)
  }

  /**
   * What a client published is kept already; missing may be a session that subscribed since. A message of the broker itself,
   * such as a will, is kept here. Without waiting, as in `storeRetained`.
   */
  async outgoingEnqueueCombi(subscriptions: readonly { readonly clientId: string }[], packet: Packet): Promise<void> {
    const sessions = subscriptions.flatMap(({ clientId }) => this.#store.state.sessions.get(clientId) ?? [])
    const seq = this.#store.seqOf(bufferOf(packet))
    if (seq === undefined) {
      this.#store.keepNow(packet.topic, bufferOf(packet))
      return
    }
    for (const { queue, number } of sessions) {
      if (!queue.has(seq)) this.#store.commitLazily({ kind: 'also', seq, session: number })
    }
  }

  /**
   * The packet goes out now: under the identifier that this message has on this connection already (it can be sent twice
   * while a client comes back), else under its own, or another one if a message still bears that.
   */
  async outgoingUpdate(client: ClientId, packet: Packet): Promise<void> {
    const session = this.#store.state.sessions.get(client.id)
    const seq = this.#store.seqOf(packet.payload as Buffer | undefined)
    if (session !== undefined && seq !== undefined) noteSent(session, seq)
    // Acknowledged meanwhile: it goes out once more, and its second acknowledgement means nothing.
    if (session === undefined || seq === undefined || !session.queue.has(seq)) return
    packet.messageId = session.identifierOfSeq.get(seq) ?? freeIdentifier(session, packet.messageId ?? 1)
    session.identifierOfSeq.set(seq, packet.messageId)
    session.seqOfIdentifier.set(packet.messageId, seq)
  }

  async outgoingClearMessageId(
    client: ClientId,
    { messageId }: { messageId?: number | undefined },
  ): Promise<undefined> {
    const session = this.#store.state.sessions.get(client.id)
    const seq = messageId === undefined ? undefined : session?.seqOfIdentifier.get(messageId)
    if (session === undefined || seq === undefined) return
    this.#store.commitLazily({ kind: 'done', seq, session: session.number })
  }

  /**
   * What the client has not acknowledged, oldest first. [MQTT-4.4.0-1] wants the old packet identifiers again, which
   * matters at QoS 2 only; fresh ones cannot meet one that is already in flight on this connection.
   */
  outgoingStream(client: ClientId): Readable {
    const session = this.#store.state.sessions.get(client.id)
    if (session === undefined) return Readable.from([])
    const stream: Readable = Readable.from(catchUpWith(session, () => stream.destroyed))
    return stream
  }

  async incomingStorePacket(client: ClientId, packet: PublishPacket): Promise<void> {
    const packets = this.#incoming.get(client.id) ?? new Map<number, PublishPacket>()
    this.#incoming.set(client.id, packets.set(packet.messageId ?? 0, packet))
  }

  async incomingGetPacket(client: ClientId, { messageId }: PublishPacket): Promise<PublishPacket> {
    const packet = this.#incoming.get(client.id)?.get(messageId ?? 0)
    if (packet === undefined) throw new Error('no such packet')
    return packet
  }

  async incomingDelPacket(client: ClientId, { messageId }: PublishPacket): Promise<void> {
    if (this.#incoming.get(client.id)?.delete(messageId ?? 0) !== true) throw new Error('no such packet')
  }

  async cleanIncoming(client: ClientId): Promise<void> {
    this.#incoming.delete(client.id)
  }

  async putWill(client: ClientId, { topic, payload, qos, retain }: Packet): Promise<void> {
    const fields = { clientId: client.id, brokerId: this.#brokerId, qos: atMostOne(qos), retain }
    await this.#store.commit({ kind: 'will', ...fields, topic, payload: Buffer.from(payload) })
  }

  async delWill(client: ClientId): Promise<void> {
    if (!this.#store.state.wills.has(client.id)) return
    const fields = { clientId: client.id, brokerId: this.#brokerId, qos: 0, retain: false } as const
    await this.#store.commit({ kind: 'will', ...fields, payload: Buffer.alloc(0) })
  }

  /** Those of clients that were connected to a broker process that is gone. */
  streamWill(brokers: Readonly<Record<string, number>> = {}): Readable {
    const lost = [...this.#store.state.wills.values()].filter(({ brokerId }) => brokers[brokerId] === undefined)
    return Readable.from(lost.map(will => ({ cmd: 'publish', ...will })))
  }

  async #sessionOf({ id }: ClientId): Promise<Session> {
    const { state } = this.#store
    const { maxSessions } = this.#options.limits
    const isNew = !state.sessions.has(id)
    if (isNew && state.sessions.size >= maxSessions) {
      throw createError('too-many-requests', `no room: ${maxSessions} persistent sessions are kept`)
    }
    if (isNew) await this.#store.commit({ kind: 'session', session: state.nextSession(), clientId: id })
    const session = state.sessions.get(id)
    if (session === undefined) throw new Error(`the session ${id} has ended`)
    return session
  }
}

function atMostOne(qos: number | undefined): 0 | 1 {
  return (qos ?? 0) > 0 ? 1 : 0
}

function bufferOf({ payload }: Packet): Buffer {
  return typeof payload === 'string' ? Buffer.from(payload) : payload
}

/** There is always one: a queue holds fewer messages than there are identifiers. */
function freeIdentifier({ seqOfIdentifier }: Session, wished: number): number {
  let identifier = wished
  while (seqOfIdentifier.has(identifier)) identifier = (identifier % 65_535) + 1
  return identifier
}
