import { callbackify } from 'node:util'
import { isCordonError, type Logger, toError } from '@cordon/runtime'
import type {
  AedesOptions,
  AedesPublishPacket,
  AuthenticateError,
  Client,
  ConnectPacket,
  PublishPacket,
  Subscription,
} from 'aedes'
import type { BrokerCounts } from './broker-counts.ts'
import { mayGoDirectly } from './catch-up.ts'
import type { MessageStore } from './message-store.ts'

export type Authentication<A> = { readonly ok: true; readonly account: A } | { readonly ok: false }

export interface BrokerRules<A> {
  /** Whoever it says ok to may connect, as this account. Passwords are compared here, in constant time. */
  readonly authenticate: (clientId: string, username: string, password: string) => Promise<Authentication<A>>
  /** Whether the account may publish to the topic; asked for its last will too, when it connects. */
  readonly authorizePublish: (account: A, topic: string) => boolean
  /** Whether the account may subscribe to the filter, which may hold `+` and `#`. */
  readonly authorizeSubscribe: (account: A, filter: string) => boolean
}

export interface HookOptions<A> {
  readonly rules: BrokerRules<A>
  readonly store: MessageStore
  readonly counts: BrokerCounts
  readonly logger: Logger
}

const MAX_CLIENT_ID = 256
const SERVER_UNAVAILABLE = 3
const NOT_AUTHORISED = 5

type Handlers = Pick<
  Required<AedesOptions>,
  'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe' | 'authorizeForward'
>

export interface Hooks<A> {
  readonly handlers: Handlers
  /** Undefined before it has been let in. */
  readonly accountOf: (client: object) => A | undefined
  readonly maySubscribe: (client: object, filter: string) => boolean
}

/** Who may do what, asked at each CONNECT, PUBLISH and SUBSCRIBE. */
export function createHooks<A>(options: HookOptions<A>): Hooks<A> {
  const access = createAccess(options.rules)
  return {
    accountOf: access.accountOf,
    maySubscribe: access.maySubscribe,
    handlers: {
      preConnect(client, packet, done) {
        access.willSeen(client, packet)
        done(null, true)
      },
      // It throws the errors that aedes wants, which the type of a callback cannot say.
      authenticate: callbackify((client: Client, username: string | undefined, password: Buffer | undefined) =>
        letIn(client, access.admit(client, username, password), options),
      ) as Handlers['authenticate'],
      authorizePublish: callbackify(async (client: Client | null, packet: PublishPacket) => {
        // No client: the will of one that an earlier process of this broker lost. It was checked when it connected.
        if (client !== null && !access.mayPublish(client, packet.topic)) throw refusal(client, packet, options)
        await keepFirst(packet, options)
      }),
      authorizeSubscribe(client, subscription, done) {
        if (access.maySubscribe(client, subscription.topic)) {
          done(null, atMostOne(subscription))
          return
        }
        options.counts.refusedSubscriptions += 1
        options.logger.warn({ clientId: client.id, filter: subscription.topic }, 'a subscription was refused')
        done(null, null)
      },
      authorizeForward(client, packet) {
        if (!isInTurn(client, packet, options.store)) return null
        // A matching filter with a wildcard does not lower the QoS in aedes: nothing leaves at QoS 2.
        return packet.qos === 2 ? { ...packet, qos: 1 } : packet
      },
    },
  }
}

/** A message that has its identifier comes from the session's queue; one without was just published, or is a retained one. */
function isInTurn({ id }: Client, packet: AedesPublishPacket, store: MessageStore): boolean {
  const seq = packet.messageId === undefined ? store.seqOf(packet.payload as Buffer) : undefined
  const session = seq === undefined ? undefined : store.state.sessions.get(id)
  return seq === undefined || session === undefined || mayGoDirectly(session, seq)
}

interface Access<A> extends Pick<Hooks<A>, 'accountOf' | 'maySubscribe'> {
  willSeen(client: object, packet: ConnectPacket): void
  admit(client: Client, username: string | undefined, password: Buffer | undefined): Promise<boolean>
  mayPublish(client: object, topic: string): boolean
}

/** The accounts of the clients, by their connection. */
function createAccess<A>(rules: BrokerRules<A>): Access<A> {
  const accounts = new WeakMap<object, { readonly account: A }>()
  const wills = new WeakMap<object, string>()
  // Topics that begin with $ are the broker's own.
  const allowed = (account: A, topic: string): boolean =>
    !topic.startsWith('$') && rules.authorizePublish(account, topic)
  return {
    accountOf: client => accounts.get(client)?.account,
    willSeen(client, { will }) {
      if (will !== undefined) wills.set(client, will.topic)
    },
    async admit(client, username = '', password = Buffer.alloc(0)) {
      if (client.id.length > MAX_CLIENT_ID) return false
      const answer = await rules.authenticate(client.id, username, password.toString('utf8'))
      const will = wills.get(client)
      if (!answer.ok || (will !== undefined && !allowed(answer.account, will))) return false
      accounts.set(client, answer)
      return true
    },
    mayPublish(client, topic) {
      const known = accounts.get(client)
      return known !== undefined && allowed(known.account, topic)
    },
    maySubscribe(client, filter) {
      const known = accounts.get(client)
      return known !== undefined && rules.authorizeSubscribe(known.account, filter)
    },
  }
}

type Reporting = Pick<HookOptions<unknown>, 'counts' | 'logger'>

/** True, or throws what the CONNACK has to say. */
async function letIn(client: Client, admitted: Promise<boolean>, { counts, logger }: Reporting): Promise<boolean> {
  const ok = await admitted.catch((error: unknown) => {
    logger.error({ clientId: client.id, err: toError(error) }, 'a client could not be checked')
    throw connectError('server unavailable', SERVER_UNAVAILABLE)
  })
  if (ok) return true
  counts.refusedConnections += 1
  logger.warn({ clientId: client.id }, 'a client was refused: unknown, wrong password, or a will it may not publish')
  throw connectError('not authorised', NOT_AUTHORISED)
}

/**
 * MQTT 3.1.1 has no way to refuse a message (3.3.5: either acknowledge it, or close the network connection). To acknowledge
 * what is thrown away would be a lie, so the client is disconnected: it notices, and so do we.
 */
function refusal(client: Client, { topic }: PublishPacket, { counts, logger }: Reporting): Error {
  counts.refusedPublishes += 1
  logger.warn({ clientId: client.id, topic }, 'a publish was refused: the client is disconnected')
  return new Error('not authorised to publish to this topic')
}

/** Throws when the message could not be kept: the client is disconnected, unacknowledged, and sends it again. */
async function keepFirst(
  packet: PublishPacket,
  { store, counts, logger }: Reporting & { readonly store: MessageStore },
): Promise<void> {
  try {
    await keepBeforeAcknowledging(packet, store)
    // In a turn of the event loop of its own, so that messages go on in the order in which they came (aedes numbers them
    // and then takes steps whose number depends on the message). At QoS 1 it does this itself, after the PUBACK.
    if (packet.qos !== 1) await new Promise(resolve => setImmediate(resolve))
  } catch (error) {
    counts.withheldPublishes += 1
    if (!isCordonError(error, 'too-many-requests')) logger.error({ err: toError(error) }, 'a message was not kept')
    throw error
  }
}

/**
 * Runs before the PUBACK. The payload becomes a buffer of its own: the parser's is a slice of a network buffer, which would
 * be kept in memory whole, and the store recognises messages by their buffer.
 */
async function keepBeforeAcknowledging(packet: PublishPacket, store: MessageStore): Promise<void> {
  const { topic, qos, retain } = packet
  const kept: Promise<void>[] = []
  if (qos > 0 || retain) packet.payload = Buffer.from(packet.payload)
  const payload = packet.payload as Buffer
  if (retain) kept.push(store.retain({ topic, qos: qos > 0 ? 1 : 0, payload }))
  if (qos > 0) kept.push(store.keep(topic, payload))
  await Promise.all(kept)
}

function atMostOne(subscription: Subscription): Subscription {
  if (subscription.qos === 2) subscription.qos = 1
  return subscription
}

function connectError(message: string, returnCode: number): AuthenticateError {
  return Object.assign(new Error(message), { returnCode })
}
