import { hashNatsPassword } from '@cordon/jetstream'
import type { BrokerAccounts } from '@cordon/live'
import { putBrokerUser, removeBrokerUser, type Store } from '@cordon/store'

/**
 * Accounts at NATS servers: on record in the database, from where a program beside each server (nats-accounts-main of ingest) puts
 * them in force within a second, and cuts off who has lost theirs.
 */
export function createNatsAccounts(store: Store): BrokerAccounts {
  const put = async (username: string, protocol: string, password: string) =>
    putBrokerUser(store, { username, protocol, passwordHash: await hashNatsPassword(password) })
  return {
    putTag: put,
    putForwarder: (id, _source, password) => put(`forwarder.${id}`, 'forwarder', password),
    remove: username => removeBrokerUser(store, username),
    close: () => Promise.resolve(),
  }
}
