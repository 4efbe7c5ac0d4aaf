import type { TagProtocol } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

/** What the register says of an account at the broker: a tag's, or a forwarder's. */
export interface BrokerCredentials {
  /** At the broker: a tag's id, or `forwarder.{id}`. */
  readonly username: string
  readonly kind: 'tag' | 'forwarder'
  /** A forwarder's: that of its source. */
  readonly protocol: TagProtocol
  readonly credentials: 'password' | 'certificate'
  /** Goes up by one with each new password. */
  readonly version: number
  readonly isRevoked: boolean
}

export const BROKER_CREDENTIALS = `
  select id as username, 'tag' as kind, protocol, credentials, credentials_version as version,
         revoked_at is not null as "isRevoked" from tags
  union all
  select 'forwarder.' || id, 'forwarder', source, 'password', credentials_version, revoked_at is not null from forwarders`

const READ_ALL = { name: 'read-broker-credentials', text: BROKER_CREDENTIALS }

/** Of every tag and forwarder. */
export function readBrokerCredentials(database: Queryable): Promise<readonly BrokerCredentials[]> {
  return database.query<BrokerCredentials>(READ_ALL)
}
