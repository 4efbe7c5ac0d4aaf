import { TOPICS } from '@cordon/contract'
import { partitionOf } from '../partition-of.ts'

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

export type BrokerProtocol = 'cordon' | 'owntracks' | 'traccar' | 'forwarder'

export interface BrokerAccount {
  readonly username: string
  readonly protocol: BrokerProtocol
  readonly passwordHash: string
}

/** What an account may do: a tag speaks below its own id only, a forwarder on its source's topic, a Traccar tag to Traccar alone. */
export function toBrokerUser({ username, protocol, passwordHash }: BrokerAccount, partitions: number): BrokerUser {
  const partition = partitionOf(username, protocol === 'forwarder' ? 'traccar' : protocol, partitions)
  const user = { username, passwordHash, partition }
  switch (protocol) {
    case 'cordon':
      return {
        ...user,
        publish: [TOPICS.tagFixes, TOPICS.tagEvents, TOPICS.tagStatus, TOPICS.tagAcks].map(topic => topic(username)),
        subscribe: [TOPICS.tagCommands(username)],
      }
    case 'owntracks':
      return { ...user, publish: [TOPICS.owntracks(username)], subscribe: [`${TOPICS.owntracks(username)}/cmd`] }
    case 'forwarder':
      return { ...user, publish: [TOPICS.traccarPositions], subscribe: [] }
    case 'traccar':
      return { ...user, publish: [], subscribe: [] }
  }
}
