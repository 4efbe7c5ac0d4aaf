import { readFileSync } from 'node:fs'
import { TAG_FILTERS } from '@cordon/contract'
import { connectLive } from '@cordon/live'
import { createLifecycle, createLogger, createOpsServer, createRegistry, systemClock, toError } from '@cordon/runtime'
import { openStore } from '@cordon/store'
import { createBatcher } from './batch.ts'
import { readIngestConfig } from './config.ts'
import { startHeartbeat } from './heartbeat.ts'
import { createMeter } from './meter.ts'
import { createPipeline } from './pipeline.ts'
import { createPublisher } from './publish.ts'
import { createQuarantine } from './quarantine.ts'
import { recoverStates } from './recover.ts'
import { startRegister } from './register/start-register.ts'
import { createSubscriber } from './subscribe/create-subscriber.ts'

const config = readIngestConfig(process.env)
const logger = createLogger({ name: config.instance, level: config.logLevel })
const lifecycle = createLifecycle(logger)
const clock = systemClock
const registry = createRegistry('ingest')
const broker = {
  url: config.mqttUrl,
  username: config.mqttUsername,
  password: config.mqttPassword,
  ca: config.mqttCaFile === undefined ? undefined : readFileSync(config.mqttCaFile, 'utf8'),
}

try {
  const store = await lifecycle.start('database', () =>
    openStore({ url: config.databaseUrl, applicationName: config.instance, poolSize: 4, logger }),
  )
  const live = await lifecycle.start('live', async () => {
    const connected = await connectLive({ ...broker, clientId: `cordon.${config.instance}.live`, logger })
    return { ...connected, stop: () => connected.close() }
  })
  const register = await lifecycle.start('register', () => startRegister({ store, live, logger }))
  const states = await recoverStates({ store, register, clock, logger })
  const publisher = await lifecycle.start('publisher', () => createPublisher(live))
  const meter = createMeter(registry, clock.now())
  const pipeline = createPipeline({ register, states, store, publisher, meter, clock })
  const batcher = await lifecycle.start('batcher', () =>
    createBatcher({
      run: pipeline,
      quarantine: createQuarantine(store),
      done: messages => subscriber.acknowledge(messages),
      maxMessages: config.batchMessages,
      random: Math.random,
      logger,
    }),
  )
  const subscriber = createSubscriber({
    ...broker,
    clientId: `cordon.${config.instance}`,
    protocolVersion: config.mqttProtocol === '5' ? 5 : 4,
    filters: TAG_FILTERS,
    receiveMaximum: config.receiveMaximum,
    keepaliveSeconds: 20,
    sessionExpirySeconds: Math.round(config.sessionExpiry / 1_000),
    clock,
    logger,
    random: Math.random,
    onMessage: message => batcher.add(message),
  })
  await lifecycle.start('subscriber', () => subscriber)
  await lifecycle.start('heartbeat', () =>
    startHeartbeat({ instance: config.instance, live, meter, batcher, subscriber, clock }),
  )
  await lifecycle.start('operations', () =>
    createOpsServer({
      port: config.opsPort,
      host: config.opsHost,
      live: () => true,
      ready: {
        broker: () => ({ ok: subscriber.connected(), detail: `${subscriber.held()} messages held` }),
        database: async () => {
          await store.query('select 1')
          return { ok: true, detail: store.edition }
        },
        register: () => {
          const unwatched = register.unwatched()
          return { ok: unwatched === 0, detail: `${unwatched} conditions are watched by nobody` }
        },
        pipeline: () => {
          const failing = batcher.failingSince()
          return { ok: failing === null, detail: `${batcher.waiting()} messages waiting` }
        },
      },
      registry,
    }).start(),
  )
  logger.info({ instance: config.instance }, 'ingest is up')
} catch (error) {
  logger.fatal({ err: toError(error) }, 'ingest did not start')
  process.exitCode = 1
  await lifecycle.stop('it did not start')
}
