import { createError, type Logger, toError } from '@cordon/runtime'
import { connectAsync, type IClientOptions } from 'mqtt'
import { type TlsOptions, tlsSettings } from '../tls-options.ts'
import { FORWARDER_TOPICS, tagTopics } from './account-topics.ts'
import { ANSWER_MS, type Ask, type Command, checkAnswers, createAsk, isMissing, RESPONSE } from './ask-broker.ts'
import type { AccountTopics, BrokerAccounts } from './broker-accounts.ts'
import { describeVersion, readAccount, readAccounts, roleOf } from './read-accounts.ts'

export interface DynamicSecurityOptions extends TlsOptions {
  readonly url: string
  readonly username: string
  readonly password: string
  readonly clientId: string
  readonly logger: Logger
}

/**
 * Accounts in Mosquitto's dynamic-security plugin, by its control topics. Each account gets a role of its own with the topics it
 * may use, because in Mosquitto 2.0 a role cannot say "the client's own name".
 */
export async function createDynamicSecurityAccounts(options: DynamicSecurityOptions): Promise<BrokerAccounts> {
  const { url, username, password, clientId, logger } = options
  const account: IClientOptions = { username, password, clientId, protocolVersion: 4, connectTimeout: ANSWER_MS }
  const client = await connectAsync(url, { ...account, ...tlsSettings(options) }, false).catch((cause: unknown) => {
    throw createError(
      'broker-unavailable',
      `the broker did not take the accounts' connection: ${toError(cause).message}`,
      { cause },
    )
  })
  client.on('error', err => logger.warn({ err }, 'broker accounts connection'))
  await client.subscribeAsync(RESPONSE, { qos: 1 })
  const ask = createAsk(client)
  return {
    putTag: (tagId, protocol, secret, version = 1) =>
      put(ask, { username: tagId, password: secret, topics: tagTopics(tagId, protocol), version }),
    putForwarder: (id, _source, secret, version = 1) =>
      put(ask, { username: `forwarder.${id}`, password: secret, topics: FORWARDER_TOPICS, version }),
    revoke: name => revoke(ask, name),
    reinstate: (name, topics, version) => reinstate(ask, name, topics, version),
    remove: name => remove(ask, name),
    read: name => readAccount(ask, name),
    readAll: () => readAccounts(ask),
    onReconnected: handler => void client.on('connect', handler),
    // Forced: what was asked has been answered or given up by now, and a graceful end would wait for a broker that is gone.
    close: () => client.endAsync(true),
  }
}

interface NewAccount {
  readonly username: string
  readonly password: string | null
  readonly topics: AccountTopics
  readonly version: number
}

async function put(ask: Ask, { username, password, topics, version }: NewAccount): Promise<void> {
  await remove(ask, username)
  const secret = password === null ? {} : { password }
  const roles = [{ rolename: roleOf(username), priority: 0 }]
  const answers = await ask([
    createRole(username, topics),
    { command: 'createClient', username, ...secret, textdescription: describeVersion(version), roles },
  ])
  checkAnswers(answers, () => false)
}

function createRole(username: string, topics: AccountTopics): Command {
  const allow = (acltype: string) => (topic: string) => ({ acltype, topic, priority: 0, allow: true })
  const acls = [
    ...topics.publish.map(allow('publishClientSend')),
    ...topics.subscribe.map(allow('subscribeLiteral')),
    ...topics.subscribe.map(allow('publishClientReceive')),
  ]
  return { command: 'createRole', rolename: roleOf(username), acls }
}

/**
 * Disabled alone is not enough: on a listener that takes the name from a certificate, Mosquitto 2.0.11 lets a disabled client in
 * and takes what it publishes. An account without a role may do nothing, however it signs in. As few commands as can be: at each
 * the broker writes all accounts to its file, and does nothing else meanwhile.
 */
async function revoke(ask: Ask, username: string): Promise<void> {
  const answers = await ask([
    { command: 'modifyClient', username, roles: [], groups: [] },
    { command: 'disableClient', username },
  ])
  checkAnswers(answers, isMissing)
}

async function reinstate(ask: Ask, username: string, topics: AccountTopics, version: number): Promise<boolean> {
  const known = await readAccount(ask, username)
  if (known === undefined || known.version !== version) return false
  const [emptied, ...made] = await ask([
    { command: 'deleteRole', rolename: roleOf(username) },
    createRole(username, topics),
    { command: 'modifyClient', username, roles: [{ rolename: roleOf(username), priority: 0 }], groups: [] },
    { command: 'enableClient', username },
  ])
  checkAnswers(emptied === undefined ? [] : [emptied], isMissing)
  checkAnswers(made, () => false)
  return true
}

async function remove(ask: Ask, username: string): Promise<void> {
  const answers = await ask([
    { command: 'deleteClient', username },
    { command: 'deleteRole', rolename: roleOf(username) },
  ])
  checkAnswers(answers, isMissing)
}
