import type { BrokerAccounts } from '@cordon/live'
import { insertForwarder, listForwarders } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Call, Handlers } from '../http/handler.ts'
import { forwarderName, newCredentials } from './credentials.ts'

export const forwarderHandlers = (accounts: BrokerAccounts): Pick<Handlers, 'listForwarders' | 'createForwarder'> => ({
  listForwarders: ({ database, page }) => listForwarders(database, page),
  createForwarder: call => createForwarder(call, accounts),
})

async function createForwarder(call: Call<'createForwarder'>, accounts: BrokerAccounts) {
  const { database, viewer, undo } = call
  const { id, source } = call.body
  const { username, password, passwordHash } = await newCredentials(database, forwarderName(id), 'forwarder')
  undo(() => accounts.remove(username))
  await accounts.putForwarder(id, source, password)
  const forwarder = await insertForwarder(database, { id, source, passwordHash })
  await record(database, viewer, { what: 'create-forwarder', detail: { forwarderId: id } })
  return { ...forwarder, username, password }
}
