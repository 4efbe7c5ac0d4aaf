import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startEmbeddedPostgres } from '@cordon/embedded'
import { createLifecycle, createLogger, isCordonError, type Lifecycle, type Logger, toError } from '@cordon/runtime'
import { migrate } from '@cordon/store'
import { ownBroker, startBroker } from './broker.ts'
import { parseArguments, readLocalConfig } from './config.ts'
import { startDemo } from './demo/start-demo.ts'
import { findPorts } from './find-ports.ts'
import { readLocalSecrets } from './local-secrets.ts'
import { putOperator } from './put-operator.ts'
import { type ServiceOptions, startService } from './services.ts'
import { supervise } from './supervise.ts'
import { showWelcome } from './welcome.ts'

/** `npm start`: the database, the broker and the services on this machine, and people to watch. */
async function main(): Promise<void> {
  const { demo } = parseArguments(process.argv.slice(2))
  const config = readLocalConfig(process.env)
  const ports = await findPorts(config)
  const dataDir = resolve(config.dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const secrets = readLocalSecrets(dataDir)
  const adminToken = config.adminToken ?? secrets.adminToken
  const logger = createLogger({ name: 'local', level: config.logLevel })
  const lifecycle = createLifecycle(logger, { stopTimeoutMs: 20_000 })

  const databaseUrl = config.databaseUrl ?? (await startDatabase(lifecycle, dataDir, logger))
  await migrate({ url: databaseUrl, logger })
  const broker =
    config.mqttUrl === undefined
      ? await startBroker({ lifecycle, databaseUrl, dataDir, host: config.host, port: ports.mqtt, logger })
      : ownBroker(config.mqttUrl, process.env)

  const run = (options: Pick<ServiceOptions, 'name' | 'env' | 'opsPort'>) =>
    lifecycle.start(options.name, () =>
      supervise(options.name, () => startService({ ...options, onLine: showLine }), logger),
    )
  const shared = { CORDON_DATABASE_URL: databaseUrl, CORDON_MQTT_URL: broker.url, CORDON_LOG_LEVEL: config.logLevel }
  await run({ name: 'ingest', env: { ...shared, ...broker.ingest }, opsPort: ports.ingestOps })
  const http = { CORDON_HTTP_HOST: config.host, CORDON_HTTP_PORT: String(ports.http), CORDON_ADMIN_TOKEN: adminToken }
  await run({ name: 'gateway', env: { ...shared, ...broker.gateway, ...http }, opsPort: ports.gatewayOps })

  const base = `http://${config.host}:${ports.http}`
  await putOperator(base, adminToken, secrets.operatorPassword)
  if (demo) {
    const options = { dataDir, base, adminToken, mqttUrl: broker.url, onLine: showLine }
    await lifecycle.start('simulator', () => supervise('simulator', () => startDemo(options), logger))
  }
  showWelcome({ base, mqttUrl: broker.url, ports, dataDir, password: secrets.operatorPassword, adminToken, config })
  await lifecycle.stopped
}

async function startDatabase(lifecycle: Lifecycle, dataDir: string, logger: Logger): Promise<string> {
  const database = await lifecycle.start('database', () =>
    startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), logger }),
  )
  void database.exited.then(error => error && lifecycle.fail('database', error))
  return database.url
}

const showLine = (line: string) => void process.stdout.write(`${line}\n`)

/** For people: the message, and what lies behind it; no stack. */
function explain(error: unknown): string {
  const { message, cause } = toError(error)
  const detail = isCordonError(error) ? `${message} (${error.code})` : message
  return isCordonError(cause) ? `${detail}\n${explain(cause)}` : detail
}

try {
  await main()
} catch (error) {
  process.stderr.write(`\nCordon did not start.\n${explain(error)}\n`)
  process.exitCode = 1
}
