import { join } from 'node:path'
import { startEmbeddedBroker } from '@cordon/embedded'
import type { Environment, Lifecycle, Logger } from '@cordon/runtime'
import { openStore } from '@cordon/store'
import { createBrokerRules, createServiceCredentials, type ServiceCredentials } from './broker-rules.ts'
import type { HeldPort } from './held-port.ts'
import { startCutOff } from './start-cut-off.ts'

/** The broker in use, and what each service is told of it by its environment. */
export interface BrokerInUse {
  readonly url: string
  readonly ingest: Readonly<Record<string, string>>
  readonly gateway: Readonly<Record<string, string>>
}

export interface EmbeddedBrokerParts {
  readonly lifecycle: Lifecycle
  readonly databaseUrl: string
  readonly dataDir: string
  readonly host: string
  readonly port: HeldPort
  readonly logger: Logger
}

/** The broker that comes with the checkout. It asks the database who a tag is; what it has acknowledged is on the disk. */
export async function startBroker({
  lifecycle,
  databaseUrl,
  dataDir,
  port,
  ...options
}: EmbeddedBrokerParts): Promise<BrokerInUse> {
  const { logger } = options
  const credentials = createServiceCredentials()
  const store = await lifecycle.start('accounts', () =>
    openStore({ url: databaseUrl, applicationName: 'broker', poolSize: 4, logger }),
  )
  const rules = createBrokerRules(store, credentials)
  const broker = await lifecycle.start('broker', async () => {
    await port.release()
    return startEmbeddedBroker({ ...options, ...rules, port: port.number(), persistenceDir: join(dataDir, 'broker') })
  })
  await lifecycle.start('cut-off of revoked tags', () => startCutOff({ store, broker, logger }))
  const gateway = { ...told(credentials['cordon.gateway']), CORDON_BROKER_ACCOUNTS: 'database' }
  return { url: broker.url, ingest: told(credentials['cordon.ingest']), gateway }
}

const told = ({ username, password }: ServiceCredentials) => ({
  CORDON_MQTT_USERNAME: username,
  CORDON_MQTT_PASSWORD: password,
  CORDON_MQTT_PROTOCOL: '4',
})

/**
 * A broker of one's own: both services get every CORDON_MQTT_* and CORDON_BROKER_* variable as it stands. Where they sign in
 * with different accounts, CORDON_INGEST_MQTT_USERNAME and _PASSWORD are ingest's.
 */
export function ownBroker(url: string, env: Environment): BrokerInUse {
  const shared: Record<string, string> = {}
  const ingest: Record<string, string> = {}
  for (const [key, value] of Object.entries(env)) {
    if (value === undefined) continue
    if (/^CORDON_(MQTT|BROKER)_/.test(key)) shared[key] = value
    if (key.startsWith('CORDON_INGEST_MQTT_')) ingest[key.replace('INGEST_', '')] = value
  }
  return { url, gateway: shared, ingest: { ...shared, ...ingest } }
}
