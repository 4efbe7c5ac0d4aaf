import { randomBytes } from 'node:crypto'
import type { TagProtocol } from '@cordon/contract'
import { LIVE_TOPICS, TAG_FILTERS, TOPICS } from '@cordon/contract'
import { startEmbeddedBroker } from '@cordon/embedded'
import { type BrokerAccounts, createDynamicSecurityAccounts } from '@cordon/live'
import { createLogger } from '@cordon/runtime'
import { realParts } from './real-parts.ts'
import { startMosquitto } from './start-mosquitto.ts'

export interface TestAccount {
  readonly username: string
  readonly password: string
}

/** A broker as Cordon uses it: Mosquitto with the deployed configuration when CORDON_TEST_MOSQUITTO is 1, else the embedded one. */
export interface TestBroker {
  readonly kind: 'mosquitto' | 'embedded'
  readonly url: string
  /** What a service is told by its environment to sign in here. */
  readonly ingestEnv: Readonly<Record<string, string>>
  readonly gatewayEnv: Readonly<Record<string, string>>
  readonly ingest: TestAccount & { readonly protocolVersion: 4 | 5 }
  /** Makes the account of a tag and gives its credentials. */
  addTag(tagId: string, protocol?: TagProtocol): Promise<TestAccount>
  stop(): Promise<void>
}

const logger = createLogger({ name: 'test-broker', level: 'silent' })

export function startTestBroker(): Promise<TestBroker> {
  return realParts.mosquitto ? startRealBroker() : startOwnBroker()
}

async function startRealBroker(): Promise<TestBroker> {
  const mosquitto = await startMosquitto()
  const { url, admin, ingest } = mosquitto
  const accounts: BrokerAccounts = await createDynamicSecurityAccounts({
    url,
    ...admin,
    clientId: 'test.accounts',
    logger,
  })
  return {
    kind: 'mosquitto',
    url,
    ingest: { ...ingest, protocolVersion: 5 },
    ingestEnv: signIn(url, ingest),
    gatewayEnv: { ...signIn(url, admin), CORDON_BROKER_ACCOUNTS: 'dynamic-security' },
    addTag: async (tagId, protocol = 'cordon') => {
      const password = randomBytes(18).toString('base64url')
      await accounts.putTag(tagId, protocol, password)
      return { username: tagId, password }
    },
    stop: async () => {
      await accounts.close()
      await mosquitto.stop()
    },
  }
}

interface OwnAccount {
  readonly password: string
  readonly publish: readonly string[]
}

const SERVICE: TestAccount = { username: 'cordon.service', password: 'service-password' }
async function startOwnBroker(): Promise<TestBroker> {
  const accounts = new Map<string, OwnAccount>([
    [SERVICE.username, { password: SERVICE.password, publish: LIVE_TOPICS }],
  ])
  const broker = await startEmbeddedBroker<OwnAccount>({
    host: '127.0.0.1',
    port: 0,
    authenticate: (_client, username, password) => {
      const account = accounts.get(username)
      return Promise.resolve(account?.password === password ? { ok: true, account } : { ok: false })
    },
    authorizePublish: (account, topic) => account.publish.includes(topic),
    authorizeSubscribe: (_account, filter) => [...LIVE_TOPICS, ...TAG_FILTERS].some(allowed => allowed === filter),
    logger,
  })
  const { url } = broker
  const env = { ...signIn(url, SERVICE), CORDON_MQTT_PROTOCOL: '4' }
  return {
    kind: 'embedded',
    url,
    ingest: { ...SERVICE, protocolVersion: 4 },
    ingestEnv: env,
    gatewayEnv: { ...env, CORDON_BROKER_ACCOUNTS: 'database' },
    addTag: (tagId, protocol = 'cordon') => {
      const password = randomBytes(18).toString('base64url')
      accounts.set(tagId, { password, publish: topicsOf(tagId, protocol) })
      return Promise.resolve({ username: tagId, password })
    },
    stop: () => broker.stop(),
  }
}

const signIn = (url: string, { username, password }: TestAccount) => ({
  CORDON_MQTT_URL: url,
  CORDON_MQTT_USERNAME: username,
  CORDON_MQTT_PASSWORD: password,
})

function topicsOf(tagId: string, protocol: TagProtocol): readonly string[] {
  if (protocol === 'owntracks') return [TOPICS.owntracks(tagId)]
  return [TOPICS.tagFixes(tagId), TOPICS.tagEvents(tagId), TOPICS.tagStatus(tagId), TOPICS.tagAcks(tagId)]
}
