/** Every bound of the broker. What happens at each is said beside it. */
export interface BrokerLimits {
  /** Connections at the same time, of clients and of those who have not said yet who they are. One more is closed at once. */
  readonly maxConnections: number
  /** Bytes of one MQTT packet with its header. The connection that begins a larger one is closed. */
  readonly maxPacketBytes: number
  /** Persistent sessions. The client that subscribes in one more is disconnected. */
  readonly maxSessions: number
  /**
   * Messages kept for one persistent session, sent or not, until it acknowledges them. A publisher whose message has no
   * room is not acknowledged for `fullWaitMs` and then disconnected, so it keeps the message and sends it again. At most
   * 60,000: MQTT has 65,535 packet identifiers.
   */
  readonly maxQueuedMessages: number
  /** Bytes of all messages kept for persistent sessions. Handled as `maxQueuedMessages`. */
  readonly maxQueuedBytes: number
  /** Retained messages. The publisher of one more is disconnected. */
  readonly maxRetained: number
  /** How long a publisher is kept waiting for room, in milliseconds. */
  readonly fullWaitMs: number
  /** How long a client may take for its CONNECT, in milliseconds. */
  readonly connectTimeoutMs: number
  /** How long a reader may leave its socket full, in milliseconds, before it is disconnected. */
  readonly slowReaderMs: number
  /** The longest keep-alive that a client may ask for, in seconds; one without any is refused too. */
  readonly maxKeepaliveS: number
}

export const defaultLimits: BrokerLimits = {
  maxConnections: 10_000,
  maxPacketBytes: 1_048_576,
  maxSessions: 20_000,
  maxQueuedMessages: 50_000,
  maxQueuedBytes: 268_435_456,
  maxRetained: 100_000,
  fullWaitMs: 10_000,
  connectTimeoutMs: 10_000,
  slowReaderMs: 30_000,
  maxKeepaliveS: 7_200,
}

const MOST_QUEUED = 60_000

export function readLimits(given: Partial<BrokerLimits>): BrokerLimits {
  const limits = { ...defaultLimits, ...given }
  if (limits.maxQueuedMessages > MOST_QUEUED) throw new RangeError(`maxQueuedMessages is at most ${MOST_QUEUED}`)
  return limits
}
