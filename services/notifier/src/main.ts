import {
  Counter,
  createLifecycle,
  createLogger,
  createOpsServer,
  createRegistry,
  Gauge,
  type Lifecycle,
  type Logger,
  systemClock,
  toError,
} from '@cordon/runtime'
import { openStore, readIncidentCursor } from '@cordon/store'
import { type NotifierConfig, readNotifierConfig } from './config.ts'
import { startNotifier } from './start-notifier.ts'

/** From the environment to a running notifier. What starts is stopped in the reverse order. */
async function main(): Promise<void> {
  const config = readNotifierConfig(process.env)
  const logger = createLogger({ name: config.instance, level: config.logLevel })
  const lifecycle = createLifecycle(logger)
  try {
    await start({ config, lifecycle, logger })
    logger.info({ instance: config.instance }, 'notifier is up')
  } catch (error) {
    await lifecycle.giveUp(error)
  }
}

interface Parts {
  readonly config: NotifierConfig
  readonly lifecycle: Lifecycle
  readonly logger: Logger
}

async function start({ config, lifecycle, logger }: Parts): Promise<void> {
  const { databaseUrl, instance, webhookKey, answerWithin: answerWithinMs, opsHost: host, opsPort: port } = config
  const registry = createRegistry('notifier')
  const registers = [registry]
  const deliveries = new Counter({
    name: 'cordon_webhook_deliveries_total',
    help: 'Deliveries to webhooks, by whether they were received',
    labelNames: ['result'],
    registers,
  })
  const store = await lifecycle.start('database', () =>
    openStore({ url: databaseUrl, applicationName: instance, poolSize: 4, logger }),
  )
  const onDelivery = (isReceived: boolean) => deliveries.inc({ result: isReceived ? 'received' : 'failed' })
  const notifier = await lifecycle.start('notifier', () =>
    startNotifier({ store, clock: systemClock, logger, instance, webhookKey, answerWithinMs, onDelivery }),
  )
  new Gauge({
    name: 'cordon_webhooks_failing',
    help: 'Webhooks of which the last delivery was not received',
    registers,
    collect() {
      this.set(notifier.failing())
    },
  })
  const ready = {
    database: async () => ({ ok: true, detail: `incident log at ${await readIncidentCursor(store)}` }),
    // A receiver that is away is no fault of the notifier: a restart would not help it.
    webhooks: () => ({ ok: true, detail: `${notifier.failing()} do not receive` }),
  }
  await lifecycle.start('operations', () => createOpsServer({ port, host, live: () => true, ready, registry }).start())
}

try {
  await main()
} catch (error) {
  createLogger({ name: 'notifier', level: 'fatal' }).fatal({ err: toError(error) }, 'notifier did not start')
  process.exitCode = 1
}
