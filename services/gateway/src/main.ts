import { readFileSync } from 'node:fs'
import { LIMITS, type Site } from '@cordon/contract'
import { type BrokerAccounts, connectLive, createDynamicSecurityAccounts, noBrokerAccounts } from '@cordon/live'
import {
  createLifecycle,
  createLogger,
  createOpsServer,
  createRegistry,
  type Logger,
  type ReadyCheck,
  systemClock,
  toError,
} from '@cordon/runtime'
import { openStore, type Store } from '@cordon/store'
import { type GatewayConfig, readGatewayConfig } from './config.ts'
import { createGateway, type GatewayParts } from './create-gateway.ts'
import { registerGatewayMetrics } from './gateway-metrics.ts'
import { createNatsAccounts } from './nats-accounts.ts'
import { readyChecks } from './ready-checks.ts'

/** The composition root: reads the environment, builds the parts, starts them in order. Migrations have been run before. */
async function main(): Promise<void> {
  const config = readGatewayConfig(process.env)
  const logger = createLogger({ name: 'gateway', level: config.logLevel })
  const lifecycle = createLifecycle(logger)
  const registry = createRegistry('gateway')
  try {
    const store = await lifecycle.start('database', () =>
      openStore({
        url: config.databaseUrl,
        applicationName: config.instance,
        poolSize: config.poolSize,
        logger,
      }),
    )
    const broker = brokerOptions(config, logger)
    const { live } = await lifecycle.start('broker', async () => {
      const connected = await connectLive({ ...broker, clientId: `cordon.${config.instance}` })
      return { live: connected, stop: () => connected.close() }
    })
    const { accounts } = await lifecycle.start('broker accounts', async () => {
      const opened = await openAccounts(config, broker, store)
      return { accounts: opened, stop: () => opened.close() }
    })
    const gateway = await createGateway({ ...settings(config), store, live, accounts, logger, clock: systemClock })
    registerGatewayMetrics(registry, gateway.stream)
    const ready: Readonly<Record<string, ReadyCheck>> = readyChecks({ store, live, system: gateway.stream.system })
    const ops = createOpsServer({ port: config.opsPort, host: config.opsHost, live: () => true, ready, registry })
    // The operations port comes after it: whoever reads "ready" there may send requests here.
    const { port } = await lifecycle.start('http', () => gateway.start(config.httpPort, config.httpHost))
    await lifecycle.start('operations port', () => ops.start())
    logger.info({ port }, 'listening')
  } catch (error) {
    await lifecycle.giveUp(error)
  }
}

interface BrokerOptions {
  readonly url: string
  readonly username: string | undefined
  readonly password: string | undefined
  readonly ca: string | undefined
  readonly logger: Logger
}

function brokerOptions(config: GatewayConfig, logger: Logger): BrokerOptions {
  return {
    url: config.mqttUrl,
    username: config.mqttUsername,
    password: config.mqttPassword,
    ca: config.mqttCaFile === undefined ? undefined : readFileSync(config.mqttCaFile, 'utf8'),
    logger,
  }
}

function openAccounts(config: GatewayConfig, broker: BrokerOptions, store: Store): Promise<BrokerAccounts> {
  if (config.brokerAccounts === 'database') return Promise.resolve(noBrokerAccounts)
  if (config.brokerAccounts === 'nats') return Promise.resolve(createNatsAccounts(store))
  const { username = '', password = '' } = broker
  return createDynamicSecurityAccounts({
    ...broker,
    username,
    password,
    clientId: `cordon.${config.instance}.accounts`,
  })
}

function settings(config: GatewayConfig): Omit<GatewayParts, 'store' | 'live' | 'accounts' | 'logger' | 'clock'> {
  const { adminToken, consoleFolder, publicUrl, signInsPerMinute, maxClients } = config
  const { serviceWest, serviceSouth, serviceEast, serviceNorth } = config
  return {
    adminToken,
    consoleFolder,
    publicUrl,
    signInsPerMinute,
    maxClients,
    site: siteOf(config),
    trustProxy: config.trustProxy.split(',').flatMap(address => address.trim() || []),
    zoneLimits: {
      serviceArea: [serviceWest, serviceSouth, serviceEast, serviceNorth],
      maxVertices: LIMITS.zoneVertices,
    },
  }
}

const siteOf = (config: GatewayConfig): Site => ({
  name: config.siteName,
  basemap: {
    styleUrl: config.basemapStyleUrl ?? null,
    pmtiles: config.basemapPmtiles,
    attribution: config.basemapAttribution,
    evidential: config.basemapEvidential,
  },
})

await main().catch((error: unknown) => {
  process.stderr.write(`${toError(error).message}\n`)
  process.exitCode = 1
})
