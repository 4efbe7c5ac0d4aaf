import { join, resolve } from 'node:path'
import { startEmbeddedPostgres } from '@cordon/embedded'
import { type CordonError, createLifecycle, createLogger, type Lifecycle, type Logger } from '@cordon/runtime'
import { migrate } from '@cordon/store'
import { type BrokerInUse, ownBroker, startBroker } from './broker.ts'
import { type LocalConfig, parseArguments, readLocalConfig } from './config.ts'
import { startDemo } from './demo/start-demo.ts'
import { explain } from './explain.ts'
import { findPorts, type Ports } from './find-ports.ts'
import { readLocalSecrets } from './local-secrets.ts'
import { putOperator } from './put-operator.ts'
import { type ServiceOptions, startService } from './services.ts'
import { supervise } from './supervise.ts'
import { showWelcome } from './welcome.ts'

/** What every step of the start needs. */
interface Start {
  readonly config: LocalConfig
  readonly ports: Ports
  readonly dataDir: string
  readonly adminToken: string
  /** What the signing secrets of webhooks follow from, for gateway and notifier. */
  readonly webhookKey: string
  readonly lifecycle: Lifecycle
  readonly logger: Logger
  /** Aborted when the process is asked to stop. */
  readonly stopping: AbortSignal
}

/** `npm start`: the database, the broker and the services on this machine, and people to watch. */
async function main(stopping: AbortSignal): Promise<void> {
  const { demo } = parseArguments(process.argv.slice(2))
  const config = readLocalConfig(process.env)
  const dataDir = resolve(config.dataDir)
  const secrets = readLocalSecrets(dataDir)
  const adminToken = config.adminToken ?? secrets.adminToken
  const logger = createLogger({ name: 'local', level: config.logLevel })
  const lifecycle = createLifecycle(logger, { stopTimeoutMs: 20_000 })
  const ports = await findPorts(config)
  const { webhookKey } = secrets
  const start: Start = { config, ports, dataDir, adminToken, webhookKey, lifecycle, logger, stopping }
  try {
    stopping.throwIfAborted()
    const lost = await startParts(start, { demo, password: secrets.operatorPassword })
    await lifecycle.stopped
    const error = lost()
    if (error !== undefined) throw error
  } finally {
    await lifecycle.stop('the start has ended')
    await ports.release()
  }
}

/** Gives how to ask whether the database ended by itself. */
async function startParts(start: Start, { demo, password }: { demo: boolean; password: string }) {
  const { config, ports, dataDir, adminToken, lifecycle, logger, stopping } = start
  const database = await startDatabase(start)
  await migrate({ url: database.url, logger })
  const broker =
    config.mqttUrl === undefined
      ? await startBroker({ ...start, databaseUrl: database.url, host: config.host, port: ports.mqtt })
      : ownBroker(config.mqttUrl, process.env)
  await startServices(start, database.url, broker)

  const base = `http://${config.host}:${ports.http.number()}`
  await putOperator(base, adminToken, password)
  if (demo) {
    const options = { dataDir, base, adminToken, mqttUrl: broker.url, onLine: showLine }
    const run = (given: AbortSignal) => startDemo({ ...options, given })
    await lifecycle.start('simulator', () => supervise({ part: 'simulator', start: run, stopping, logger }))
  }
  if (!stopping.aborted) showWelcome({ base, mqttUrl: broker.url, ports, dataDir, password, adminToken, config })
  return database.lost
}

async function startServices(start: Start, databaseUrl: string, broker: BrokerInUse): Promise<void> {
  const { config, ports, adminToken, webhookKey, lifecycle, logger, stopping } = start
  const run = (options: Pick<ServiceOptions, 'name' | 'env' | 'opsPort' | 'ports'>) => {
    const begin = (given: AbortSignal) => startService({ ...options, onLine: showLine, given })
    return lifecycle.start(options.name, () => supervise({ part: options.name, start: begin, stopping, logger }))
  }
  const shared = { CORDON_DATABASE_URL: databaseUrl, CORDON_MQTT_URL: broker.url, CORDON_LOG_LEVEL: config.logLevel }
  await run({ name: 'ingest', env: { ...shared, ...broker.ingest }, opsPort: ports.ingestOps, ports: [] })
  const http = {
    CORDON_HTTP_HOST: config.host,
    CORDON_HTTP_PORT: String(ports.http.number()),
    CORDON_ADMIN_TOKEN: adminToken,
    CORDON_WEBHOOK_KEY: webhookKey,
  }
  const env = { ...shared, ...broker.gateway, ...http }
  await run({ name: 'gateway', env, opsPort: ports.gatewayOps, ports: [ports.http] })
  const { CORDON_DATABASE_URL, CORDON_LOG_LEVEL } = shared
  const notifier = { CORDON_DATABASE_URL, CORDON_LOG_LEVEL, CORDON_WEBHOOK_KEY: webhookKey }
  await run({ name: 'notifier', env: notifier, opsPort: ports.notifierOps, ports: [] })
}

async function startDatabase({ config, lifecycle, dataDir, logger }: Start) {
  let lost: CordonError | undefined
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, lost: () => lost }
  const database = await lifecycle.start('database', () =>
    startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), logger }),
  )
  void database.exited.then(error => {
    lost = error
    if (error !== undefined) lifecycle.fail('database', error)
  })
  return { url: database.url, lost: () => lost }
}

const showLine = (line: string) => void process.stdout.write(`${line}\n`)

/** The first signal stops everything in its order; when the terminal is closed, so is Cordon. */
function watchSignals(): AbortSignal {
  const stopping = new AbortController()
  process.once('SIGHUP', () => process.kill(process.pid, 'SIGTERM'))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())
  return stopping.signal
}

const stopping = watchSignals()
try {
  await main(stopping)
  process.stdout.write('\nCordon has stopped.\n')
} catch (error) {
  if (stopping.aborted) process.stdout.write('\nCordon was stopped before it was up.\n')
  else {
    process.stderr.write(`\nCordon cannot run: ${explain(error)}\n`)
    process.exitCode = 1
  }
}
