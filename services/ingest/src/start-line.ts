import { TAG_FILTERS } from '@cordon/contract'
import { connectLive, type Live } from '@cordon/live'
import {
  createOpsServer,
  createRegistry,
  createSteadyClock,
  Gauge,
  keepTime,
  type Lifecycle,
  type Logger,
  type Registry,
} from '@cordon/runtime'
import { holdLine, type Line, openStore, readClock, type Store } from '@cordon/store'
import { type Batcher, createBatcher } from './batch.ts'
import { type IngestConfig, readBrokerAccess } from './config.ts'
import { startHeartbeat } from './heartbeat.ts'
import { createMeter, type Meter } from './meter.ts'
import { createPipeline } from './pipeline.ts'
import { createPublisher } from './publish.ts'
import { createQuarantine } from './quarantine.ts'
import { type CheckedParts, readyChecks } from './ready-checks.ts'
import { recoverStates } from './recover.ts'
import { type RunningRegister, startRegister } from './register/start-register.ts'
import { createRewinder, type Rewinder } from './rewind.ts'
import { startHousekeeping } from './start-housekeeping.ts'
import { startRollCall } from './start-roll-call.ts'
import { createSubscriber, type Subscriber } from './subscribe/create-subscriber.ts'
import { takeTurn } from './take-turn.ts'
import type { WatchStates } from './watch-states.ts'

export interface LineParts {
  readonly config: IngestConfig
  readonly lifecycle: Lifecycle
  readonly logger: Logger
}

const clock = createSteadyClock({ wall: () => Date.now(), monotonic: () => performance.now() })

/** The whole way of a fix, from the broker to the broker. False when it was stopped before its turn came. */
export async function startLine(parts: LineParts): Promise<boolean> {
  const { config, lifecycle, logger } = parts
  const registry = createRegistry('ingest')
  const meter = createMeter(registry, clock.now())
  const ground = await startGround(parts)
  if (ground === null) return false
  const flow = await startFlow(parts, ground, meter)
  const { instance } = config
  await lifecycle.start('heartbeat', () => startHeartbeat({ instance, ...ground, ...flow, meter, clock }))
  await lifecycle.start('roll-call', () => startRollCall({ ...ground, ...flow, clock, logger }))
  const nearMissesMs = config.nearMissesKept
  await lifecycle.start('housekeeping', () => startHousekeeping({ ...ground, clock, logger, nearMissesMs }))
  await startOperations(parts, registry, { ...ground, ...flow })
  return true
}

interface Ground {
  /** What is written through it is committed only while the line is held. */
  readonly store: Store
  readonly line: Line
  readonly live: Live
  readonly register: RunningRegister
}

async function startGround({ config, lifecycle, logger }: LineParts): Promise<Ground | null> {
  const broker = readBrokerAccess(config)
  const opened = await lifecycle.start('database', () =>
    openStore({ url: config.databaseUrl, applicationName: config.instance, poolSize: 4, logger }),
  )
  await lifecycle.start('time', () => keepTime({ clock, logger, readReference: () => readClock(opened) }))
  const { databaseUrl: url, instance } = config
  const onTaken = (reason: Error) => lifecycle.fail('line', reason)
  const line = await lifecycle.start('line', () => holdLine({ url, instance, logger, onTaken }))
  if (!(await takeTurn({ config, lifecycle }, line))) return null
  const store = line.fence(opened)
  const live = await lifecycle.start('live', async () => {
    const connected = await connectLive({ ...broker, clientId: `cordon.${config.instance}.live`, logger })
    return { ...connected, stop: () => connected.close() }
  })
  const register = await lifecycle.start('register', () => startRegister({ store, live, clock, logger }))
  return { store, line, live, register }
}

/** While messages lie longer at the broker, a tag of which nothing is heard may have said something. */
const LISTENING_MS = 60_000

interface Flow {
  readonly batcher: Batcher
  readonly subscriber: Subscriber
  readonly states: WatchStates
  readonly rewinder: Rewinder
}

async function startFlow(parts: LineParts, { store, line, live, register }: Ground, meter: Meter): Promise<Flow> {
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
  const subscriber = subscribe(parts, batcher, line)
  await lifecycle.start('subscriber', () => subscriber)
  // Stopped before the subscriber, so that the batch under way is still acknowledged.
  await lifecycle.start('batcher', () => batcher)
  return { batcher, subscriber, states, rewinder }
}

/** Of the line and not of the process: whoever has the line gets what waits for it, under whatever name it runs. */
const SESSION = 'cordon.ingest'

function subscribe({ config, lifecycle, logger }: LineParts, batcher: Batcher, line: Line): Subscriber {
  const { receiveMaximum } = config
  return createSubscriber({
    ...readBrokerAccess(config),
    clientId: SESSION,
    protocolVersion: config.mqttProtocol === '5' ? 5 : 4,
    filters: TAG_FILTERS,
    receiveMaximum,
    // silence of 12 s is noticed: three pings unanswered
    keepaliveSeconds: 6,
    sessionExpirySeconds: Math.round(config.sessionExpiry / 1_000),
    clock,
    logger,
    random: Math.random,
    // without the line somebody else may have the session by now: it is not taken back
    mayConnect: () => line.isHeld(),
    onMessage: message => batcher.add(message),
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
