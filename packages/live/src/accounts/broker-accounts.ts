import type { TagProtocol } from '@cordon/contract'

/**
 * Who may speak at the broker. A tag may publish below its own id only, a forwarder to its source's topic only. Usernames: a
 * tag's is its id, a forwarder's is `forwarder.{id}` (no tag id has a dot).
 */
export interface BrokerAccounts {
  /** Makes or replaces the account of a tag, in force at once. Throws `broker-unavailable`. */
  putTag(tagId: string, protocol: TagProtocol, password: string): Promise<void>
  putForwarder(id: string, source: 'traccar', password: string): Promise<void>
  /** Removes an account; that there is none is no error. */
  remove(username: string): Promise<void>
  close(): Promise<void>
}

/** For a broker that asks the database itself, as the embedded one does. */
export const noBrokerAccounts: BrokerAccounts = {
  putTag: () => Promise.resolve(),
  putForwarder: () => Promise.resolve(),
  remove: () => Promise.resolve(),
  close: () => Promise.resolve(),
}
