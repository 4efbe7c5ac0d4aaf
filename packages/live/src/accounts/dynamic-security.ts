import { TOPICS } from '@cordon/contract'
import { createError, type Logger, toError, withTimeout } from '@cordon/runtime'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import type { BrokerAccounts } from './broker-accounts.ts'

const CONTROL = '$CONTROL/dynamic-security/v1'
const RESPONSE = '$CONTROL/dynamic-security/v1/response'
const ANSWER_MS = 5_000

export interface DynamicSecurityOptions {
  readonly url: string
  readonly username: string
  readonly password: string
  readonly ca?: string | undefined
  readonly clientId: string
  readonly logger: Logger
}

interface Answer {
  readonly command: string
  readonly error?: string
  readonly correlationData?: string
}

/**
 * Accounts in Mosquitto's dynamic-security plugin, by its control topics. Each account gets a role of its own with the topics it
 * may use, because in Mosquitto 2.0 a role cannot say "the client's own name".
 */
export async function createDynamicSecurityAccounts(options: DynamicSecurityOptions): Promise<BrokerAccounts> {
  const { url, username, password, clientId, ca, logger } = options
  const account: IClientOptions = { username, password, clientId, protocolVersion: 4, connectTimeout: ANSWER_MS }
  const settings = ca === undefined ? account : { ...account, ca }
  const client = await connectAsync(url, settings, false).catch((cause: unknown) => {
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
    putTag: (tagId, protocol, secret) => put(ask, tagId, secret, tagTopics(tagId, protocol)),
    putForwarder: (id, _source, secret) =>
      put(ask, `forwarder.${id}`, secret, { publish: [TOPICS.traccarPositions], subscribe: [] }),
    remove: name => remove(ask, name),
    // Forced: what was asked has been answered or given up by now, and a graceful end would wait for a broker that is gone.
    close: () => client.endAsync(true),
  }
}

interface Topics {
  readonly publish: readonly string[]
  readonly subscribe: readonly string[]
}

function tagTopics(tagId: string, protocol: string): Topics {
  if (protocol === 'owntracks')
    return { publish: [TOPICS.owntracks(tagId)], subscribe: [`${TOPICS.owntracks(tagId)}/cmd`] }
  // A Traccar tag speaks to Traccar, never to the broker.
  if (protocol === 'traccar') return { publish: [], subscribe: [] }
  return {
    publish: [TOPICS.tagFixes(tagId), TOPICS.tagEvents(tagId), TOPICS.tagStatus(tagId), TOPICS.tagAcks(tagId)],
    subscribe: [TOPICS.tagCommands(tagId)],
  }
}

type Command = Readonly<Record<string, unknown>> & { readonly command: string }
type Ask = (commands: readonly Command[]) => Promise<readonly Answer[]>

/** Sends commands and waits for their answers, told apart by correlation data: other administrators' answers come here too. */
function createAsk(client: MqttClient): Ask {
  let asked = 0
  const waiting = new Map<string, (answer: Answer) => void>()
  client.on('message', (topic, payload) => {
    if (topic !== RESPONSE) return
    for (const answer of readAnswers(payload)) {
      const { correlationData } = answer
      if (correlationData === undefined) continue
      waiting.get(correlationData)?.(answer)
      waiting.delete(correlationData)
    }
  })
  return async commands => {
    // mqtt.js would keep the commands and send them when the broker is back: long after the caller was told that it had failed.
    if (!client.connected) throw createError('broker-unavailable', 'the broker is away: no account was changed')
    const marked = commands.map(command => ({ ...command, correlationData: `${client.options.clientId}-${asked++}` }))
    const answers = marked.map(
      ({ correlationData }) => new Promise<Answer>(resolve => waiting.set(correlationData, resolve)),
    )
    try {
      return await withTimeout('the broker’s answer', ANSWER_MS, async () => {
        await client.publishAsync(CONTROL, JSON.stringify({ commands: marked }), { qos: 1 })
        return Promise.all(answers)
      })
    } catch (cause) {
      throw createError('broker-unavailable', 'the broker did not answer an account command: try again', { cause })
    } finally {
      for (const { correlationData } of marked) waiting.delete(correlationData)
    }
  }
}

function readAnswers(payload: Buffer): readonly Answer[] {
  try {
    const { responses } = JSON.parse(payload.toString()) as { responses?: readonly Answer[] }
    return Array.isArray(responses) ? responses : []
  } catch {
    return []
  }
}

async function put(ask: Ask, username: string, password: string, topics: Topics): Promise<void> {
  const rolename = `account.${username}`
  const acls = [
    ...topics.publish.map(topic => ({ acltype: 'publishClientSend', topic, priority: 0, allow: true })),
    ...topics.subscribe.map(topic => ({ acltype: 'subscribeLiteral', topic, priority: 0, allow: true })),
    ...topics.subscribe.map(topic => ({ acltype: 'publishClientReceive', topic, priority: 0, allow: true })),
  ]
  await remove(ask, username)
  const answers = await ask([
    { command: 'createRole', rolename, acls },
    { command: 'createClient', username, password, roles: [{ rolename, priority: 0 }] },
  ])
  checkAnswers(answers, () => false)
}

async function remove(ask: Ask, username: string): Promise<void> {
  const answers = await ask([
    { command: 'deleteClient', username },
    { command: 'deleteRole', rolename: `account.${username}` },
  ])
  // That there is nothing to delete is what was wanted; any other refusal leaves a door open that should be shut.
  checkAnswers(answers, error => / not found$/.test(error))
}

function checkAnswers(answers: readonly Answer[], isFine: (error: string) => boolean): void {
  for (const { command, error } of answers) {
    if (error === undefined || isFine(error)) continue
    throw createError('broker-unavailable', `the broker refused ${command}: ${error}`)
  }
}
