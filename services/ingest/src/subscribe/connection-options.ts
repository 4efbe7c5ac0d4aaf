/** How to reach the broker, and what to ask of it. */
export interface ConnectionOptions {
  readonly url: string
  readonly username?: string | undefined
  readonly password?: string | undefined
  /** PEM of the authority to trust, for mqtts. */
  readonly ca?: string | undefined
  /** PEM of our own certificate and its key, for a broker that asks for one. */
  readonly cert?: string | undefined
  readonly key?: string | undefined
  readonly clientId: string
  readonly protocolVersion: 4 | 5
  readonly filters: readonly string[]
  /** QoS 1 messages that the broker may have under way to us (3.3.4). */
  readonly receiveMaximum: number
  readonly keepaliveSeconds: number
  /** How long the broker keeps the session and its messages while we are away. */
  readonly sessionExpirySeconds: number
}
