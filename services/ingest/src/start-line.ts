import { TAG_FILTERS } from '@cordon/contract'
import { connectLive } from '@cordon/live'
import {
  createOpsServer,
  createRegistry,
  Gauge,
  type Lifecycle,
  type Logger,
  type Registry,
  systemClock,
} from '@cordon/runtime'
import { openStore } from '@cordon/store'
import { type Batcher, createBatcher } from './batch.ts'
import { type IngestConfig, readBrokerAccess } from './config.ts'
import { startHeartbeat } from './heartbeat.ts'
import { createMeter, type Meter } from './meter.ts'
import { createPipeline } from './pipeline.ts'
import { createPublisher } from './publish.ts'
import { createQuarantine } from './quarantine.ts'
import { type CheckedParts, readyChecks } from './ready-checks.ts'
import { recoverStates } from './recover.ts'
import { startRegister } from './register/start-register.ts'
import { createRewinder } from './rewind.ts'
import type { Flow, FlowParts, Ground, Subscribe } from './source/flow.ts'
import { startPartitions } from './source/start-partitions.ts'
import { startHousekeeping } from './start-housekeeping.ts'
import { startRollCall } from './start-roll-call.ts'
import { createSubscriber, type Subscriber } from './subscribe/create-subscriber.ts'

export interface LineParts {
  readonly config: IngestConfig
  readonly lifecycle: Lifecycle
  readonly logger: Logger
}

const clock = systemClock

/** The whole way of a fix, from the broker to the broker. */
export async function startLine(parts: LineParts): Promise<void> {
  const { config, lifecycle, logger } = parts
  const registry = createRegistry('ingest')
  const meter = createMeter(registry, clock.now())
  const ground = await startGround(parts)
  const { everybody, ...flow } = await startSource(parts, ground, meter)
  const { instance } = config
  await lifecycle.start('heartbeat', () => startHeartbeat({ instance, ...ground, ...flow, meter, clock }))
  await lifecycle.start('roll-call', () => startRollCall({ ...ground, clock, logger }, everybody))
  const nearMissesMs = config.nearMissesKept
  await lifecycle.start('housekeeping', () => startHousekeeping({ ...ground, clock, logger, nearMissesMs }))
  await startOperations(parts, registry, { ...ground, ...flow })
}

async function startGround({ config, lifecycle, logger }: LineParts): Promise<Ground> {
  const broker = readBrokerAccess(config)
  const store = await lifecycle.start('database', () =>
    openStore({ url: config.databaseUrl, applicationName: config.instance, ...poolOf(config), logger }),
  )
  const live = await lifecycle.start('live', async () => {
    const connected = await connectLive({ ...broker, clientId: `cordon.${config.instance}.live`, logger })
    return { ...connected, stop: () => connected.close() }
  })
  const register = await lifecycle.start('register', () => startRegister({ store, live, clock, logger }))
  return { store, live, register }
}

/** A partition cannot be taken over while its last owner, stopped in the middle of one, has a transaction open. */
const IDLE_IN_TRANSACTION_MS = 5_000

const poolOf = ({ natsUrl, natsPartitions }: IngestConfig) =>
  natsUrl === undefined
    ? { poolSize: 4 }
    : { poolSize: Math.min(12, 4 + natsPartitions), idleInTransactionTimeoutMs: IDLE_IN_TRANSACTION_MS }

/** While messages lie longer at the broker, a tag of which nothing is heard may have said something. */
const LISTENING_MS = 60_000

/** What tags say comes from one broker session, or from this ingest's share of the partitions of a NATS cluster. */
async function startSource(parts: LineParts, ground: Ground, meter: Meter) {
  if (parts.config.natsUrl !== undefined)
    return startPartitions(parts, ground, (of, on, subscribeTo) => startFlow(of, on, { meter, subscribe: subscribeTo }))
  const flow = await startFlow(parts, ground, { meter, subscribe })
  return { ...flow, everybody: () => Promise.resolve(flow.states) }
}

interface FlowSource {
  readonly meter: Meter
  readonly subscribe: Subscribe
}

async function startFlow(
  parts: FlowParts,
  { store, live, register }: Ground,
  { meter, subscribe: subscribeTo }: FlowSource,
): Promise<Flow> {
  const { config, lifecycle, logger } = parts
  const states = await recoverStates({ store, register, clock, logger })
  const publisher = await lifecycle.start('publisher', () => createPublisher(live))
  const again = () => batcher.tick()
  const rewinder = await lifecycle.start('rewinder', () =>
    createRewinder({ store, register, states, clock, logger, again }),
  )
  const run = createPipeline({
    ...{ register, states, store, rewinder, publisher, meter, clock },
    listening: () =>
      subscriber.connected() && batcher.failing() === null && meter.backlogMs(clock.now()) < LISTENING_MS,
  })
  const batcher = createBatcher({
    run,
    quarantine: createQuarantine(store),
    done: messages => subscriber.acknowledge(messages),
    maxMessages: config.batchMessages,
    random: Math.random,
    clock,
    logger,
  })
  const subscriber = subscribeTo(parts, batcher)
  await lifecycle.start('subscriber', () => subscriber)
  // Stopped before the subscriber, so that the batch under way is still acknowledged.
  await lifecycle.start('batcher', () => batcher)
  return { batcher, subscriber, states, rewinder }
}

function subscribe({ config, lifecycle, logger }: FlowParts, batcher: Batcher): Subscriber {
  const { instance, receiveMaximum } = config
  return createSubscriber({
    ...readBrokerAccess(config),
    clientId: `cordon.${instance}`,
    protocolVersion: config.mqttProtocol === '5' ? 5 : 4,
    filters: TAG_FILTERS,
    receiveMaximum,
    keepaliveSeconds: 20,
    sessionExpirySeconds: Math.round(config.sessionExpiry / 1_000),
    clock,
    logger,
    random: Math.random,
    onMessage: message => batcher.add(message),
    onSession: ({ connection, isResumed }) => {
      // A little that comes twice is harmless, and safer than to rely on the broker; a flapping connection must not pile it up.
      if (isResumed && batcher.waiting() > receiveMaximum) batcher.forgetBefore(connection)
    },
    // A start anew reads from the database what the other one has done meanwhile.
    onTakenOver: reason => lifecycle.fail('subscriber', reason),
  })
}

async function startOperations(
  { config, lifecycle }: LineParts,
  registry: Registry,
  parts: CheckedParts,
): Promise<void> {
  const { register, rewinder } = parts
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      ...{ name, help, registers: [registry] },
      collect() {
        this.set(read())
      },
    })
  gauge('cordon_conditions_unwatched', 'Conditions that nobody watches: not zero is a fault', register.unwatched)
  gauge('cordon_late_stretches', 'Activations with late fixes that wait to be judged', rewinder.waiting)
  gauge('cordon_late_stretches_failed', 'Of those, the ones that could not be judged', rewinder.failing)
  const ready = readyChecks(parts)
  const { opsPort: port, opsHost: host } = config
  await lifecycle.start('operations', () => createOpsServer({ port, host, live: () => true, ready, registry }).start())
}
