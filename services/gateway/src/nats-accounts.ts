import { hashNatsPassword } from '@cordon/jetstream'
import { type BrokerAccounts, noBrokerAccounts } from '@cordon/live'
import { putBrokerUser, removeBrokerUser, type Store } from '@cordon/store'
import { Refusal } from './http/refuse.ts'

/**
 * Accounts at NATS servers: on record in the database, from where a program beside each server (nats-accounts-main of ingest) puts
 * them in force within a second, and cuts off who has lost theirs. Of those that the register has revoked it puts none in force, so
 * there is nothing to be told of a revocation, and nothing that could be of an older day.
 */
export function createNatsAccounts(store: Store): BrokerAccounts {
  const put = async (username: string, protocol: string, password: string | null) => {
    if (password === null)
      throw new Refusal('conflict', 'at NATS servers tags sign in with passwords, not certificates')
    await putBrokerUser(store, { username, protocol, passwordHash: await hashNatsPassword(password) })
  }
  return {
    ...noBrokerAccounts,
    putTag: put,
    putForwarder: (id, _source, password) => put(`forwarder.${id}`, 'forwarder', password),
    remove: username => removeBrokerUser(store, username),
  }
}
