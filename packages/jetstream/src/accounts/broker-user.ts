/** A tag or forwarder as the NATS servers know it. */
export interface BrokerUser {
  readonly username: string
  /** bcrypt; the server knows no other hash. */
  readonly passwordHash: string
  readonly partition: number
  /** MQTT topics under which it may publish, and that it may subscribe to. */
  readonly publish: readonly string[]
  readonly subscribe: readonly string[]
}
