import { LIMITS, type Site } from '@cordon/contract'
import { type BrokerAccounts, connectLive, createDynamicSecurityAccounts, noBrokerAccounts } from '@cordon/live'
import {
  createError,
  createLifecycle,
  createLogger,
  createOpsServer,
  createRegistry,
  createSteadyClock,
  keepTime,
  type Logger,
  logCrashes,
  type ReadyCheck,
  readPem,
  startTraces,
  toError,
} from '@cordon/runtime'
import { createStatementMeter, openStore, readClock, type Store } from '@cordon/store'
import { type GatewayConfig, readGatewayConfig } from './config.ts'
import { createGateway, type GatewayParts } from './create-gateway.ts'
import { registerGatewayMetrics } from './gateway-metrics.ts'
import type { TlsFiles } from './http/tls-files.ts'
import { createNatsAccounts } from './nats-accounts.ts'
import { readyChecks } from './ready-checks.ts'

/** The composition root: reads the environment, builds the parts, starts them in order. Migrations have been run before. */
async function main(): Promise<void> {
  const config = readGatewayConfig(process.env)
  const logger = createLogger({ name: 'gateway', level: config.logLevel })
  logCrashes(logger)
  const lifecycle = createLifecycle(logger)
  const registry = createRegistry('gateway')
  try {
    const { tracesUrl: url, tracesPercent: percent } = config
    const { tracer } = await lifecycle.start('traces', () => startTraces({ url, percent, service: 'gateway', logger }))
    const store = await lifecycle.start('database', () =>
      openStore({
        url: config.databaseUrl,
        applicationName: config.instance,
        poolSize: config.poolSize,
        logger,
        meter: createStatementMeter(registry, tracer),
      }),
    )
    const clock = createSteadyClock({ wall: () => Date.now(), monotonic: () => performance.now() })
    await lifecycle.start('time', () => keepTime({ clock, logger, readReference: () => readClock(store) }))
    const broker = brokerOptions(config, logger)
    const { live } = await lifecycle.start('broker', async () => {
      const connected = await connectLive({ ...broker, clientId: `cordon.${config.instance}` })
      return { live: connected, stop: () => connected.close() }
    })
    const { accounts } = await lifecycle.start('broker accounts', async () => {
      const opened = await openAccounts(config, broker, store)
      return { accounts: opened, stop: () => opened.close() }
    })
    const parts = { store, live, accounts, logger, registry, tracer, clock }
    const gateway = await createGateway({ ...settings(config), ...parts })
    // Mosquitto is the one that counts what it throws away.
    if (config.brokerAccounts === 'dynamic-security') await live.onBroker(gateway.stream.system.brokerCount)
    registerGatewayMetrics(registry, { ...parts, stream: gateway.stream, maxClients: config.maxClients })
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
  readonly cert: string | undefined
  readonly key: string | undefined
  readonly logger: Logger
}

function brokerOptions(config: GatewayConfig, logger: Logger): BrokerOptions {
  return {
    url: config.mqttUrl,
    username: config.mqttUsername,
    password: config.mqttPassword,
    ca: readPem('CORDON_MQTT_CA_FILE', config.mqttCaFile),
    cert: readPem('CORDON_MQTT_CERT_FILE', config.mqttCertFile),
    key: readPem('CORDON_MQTT_KEY_FILE', config.mqttKeyFile),
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

type PartsOfMain = 'store' | 'live' | 'accounts' | 'logger' | 'registry' | 'tracer' | 'clock'

function settings(config: GatewayConfig): Omit<GatewayParts, PartsOfMain> {
  const { instance: name, adminToken, webhookKey, consoleFolder, publicUrl, signInsPerMinute, maxClients } = config
  const { serviceWest, serviceSouth, serviceEast, serviceNorth } = config
  return {
    name,
    adminToken,
    webhookKey,
    consoleFolder,
    publicUrl,
    tls: tlsOf(config),
    signInsPerMinute,
    requestsPerMinute: config.requestsPerMinute,
    sessionSeconds: Math.round(config.sessionLongest / 1_000),
    maxClients,
    site: siteOf(config),
    trustProxy: config.trustProxy.split(',').flatMap(address => address.trim() || []),
    zoneLimits: {
      serviceArea: [serviceWest, serviceSouth, serviceEast, serviceNorth],
      maxVertices: LIMITS.zoneVertices,
    },
  }
}

function tlsOf({ tlsCertFile: certFile, tlsKeyFile: keyFile }: GatewayConfig): TlsFiles | undefined {
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile }
  if (certFile === undefined && keyFile === undefined) return undefined
  throw createError('invalid-config', 'CORDON_TLS_CERT_FILE and CORDON_TLS_KEY_FILE are set both, or neither')
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
