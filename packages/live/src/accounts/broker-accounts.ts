import type { TagProtocol } from '@cordon/contract'

/** What an account may do at the broker. */
export interface AccountTopics {
  readonly publish: readonly string[]
  readonly subscribe: readonly string[]
}

/** An account as the broker has it. */
export interface AccountAtBroker extends AccountTopics {
  /** Which of the register's credentials it was made with; they are counted from 1. */
  readonly version: number
  readonly isEnabled: boolean
  /** It holds rights that no account of Cordon's is given: another role, or a group. */
  readonly hasMore: boolean
}

/**
 * Who may speak at the broker. A tag may publish below its own id only, a forwarder to its source's topic only. Usernames: a
 * tag's is its id, a forwarder's is `forwarder.{id}` (no tag id has a dot). Each change is in force when its promise is fulfilled:
 * whoever is connected under a name whose rights or password change is disconnected. Everything throws `broker-unavailable`.
 */
export interface BrokerAccounts {
  /** Makes or replaces the account of a tag. Null: it has no password, and signs in with a certificate. */
  putTag(tagId: string, protocol: TagProtocol, password: string | null, version?: number): Promise<void>
  putForwarder(id: string, source: 'traccar', password: string, version?: number): Promise<void>
  /** Takes every right from an account and keeps its password. That there is none is no error. */
  revoke(username: string): Promise<void>
  /** Gives an account its rights, and no others. False: there is none, or it was made with other credentials. */
  reinstate(username: string, topics: AccountTopics, version: number): Promise<boolean>
  /** Removes an account; that there is none is no error. */
  remove(username: string): Promise<void>
  read(username: string): Promise<AccountAtBroker | undefined>
  /** All of them, by name, Cordon's own included; null: the broker asks the database and has none of its own. */
  readAll(): Promise<ReadonlyMap<string, AccountAtBroker> | null>
  /** Told whenever the broker is there again: what it has now may be of an older day. */
  onReconnected(handler: () => void): void
  close(): Promise<void>
}

/** For a broker that asks the database itself, as the embedded one does. */
export const noBrokerAccounts: BrokerAccounts = {
  putTag: () => Promise.resolve(),
  putForwarder: () => Promise.resolve(),
  revoke: () => Promise.resolve(),
  reinstate: () => Promise.resolve(true),
  remove: () => Promise.resolve(),
  read: () => Promise.resolve(undefined),
  readAll: () => Promise.resolve(null),
  onReconnected: () => undefined,
  close: () => Promise.resolve(),
}
