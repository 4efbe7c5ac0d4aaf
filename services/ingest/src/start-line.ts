import { connectLive } from '@cordon/live'
import {
  createRegistry,
  createSteadyClock,
  keepTime,
  type Lifecycle,
  type Logger,
  type Registry,
  startTraces,
  type Tracer,
} from '@cordon/runtime'
import { createStatementMeter, holdLine, openStore, readClock, type Store } from '@cordon/store'
import { type IngestConfig, readBrokerAccess } from './config.ts'
import { startHeartbeat } from './heartbeat.ts'
import { startCapacity } from './keeping/start-capacity.ts'
import { startErasures } from './keeping/start-erasures.ts'
import { startHousekeeping } from './keeping/start-housekeeping.ts'
import { createMeter, type Meter } from './meter.ts'
import { startRegister } from './register/start-register.ts'
import { startAnchors } from './seal/start-anchors.ts'
import { startSealer } from './seal/start-sealer.ts'
import type { Ground } from './source/flow.ts'
import { startFlow } from './source/start-flow.ts'
import { startPartitions } from './source/start-partitions.ts'
import { subscribeMqtt } from './source/subscribe-mqtt.ts'
import { startOperations } from './start-operations.ts'
import { startRollCall } from './start-roll-call.ts'
import { takeTurn } from './take-turn.ts'

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
  const { tracesUrl: url, tracesPercent: percent } = config
  const { tracer } = await lifecycle.start('traces', () => startTraces({ url, percent, service: 'ingest', logger }))
  const ground = await startGround(parts, registry, tracer)
  if (ground === null) return false
  const { everybody, ...flow } = await startSource(parts, ground, meter)
  const { instance } = config
  await lifecycle.start('heartbeat', () => startHeartbeat({ instance, ...ground, ...flow, meter, clock }))
  await lifecycle.start('roll-call', () => startRollCall({ ...ground, clock, logger }, everybody))
  const nearMissesMs = config.nearMissesKept
  await lifecycle.start('housekeeping', () => startHousekeeping({ ...ground, clock, logger, nearMissesMs }))
  await lifecycle.start('erasures', () => startErasures({ ...ground, clock, logger }))
  const capacityBytes = config.databaseCapacity ?? null
  const capacity = await lifecycle.start('capacity', () =>
    startCapacity({ ...ground, clock, logger, registry, capacityBytes }),
  )
  await lifecycle.start('sealer', () => startSealer({ ...ground, clock, logger }))
  await lifecycle.start('anchors', () => startAnchors({ ...ground, clock, logger, ...anchorsOf(config) }))
  await startOperations({ ...parts, clock }, registry, { ...ground, ...flow, capacity })
  return true
}

const anchorsOf = ({ chainAnchorFile: file, chainAnchorEvery: everyMs }: IngestConfig) => ({ file, everyMs })

async function startGround(parts: LineParts, registry: Registry, tracer: Tracer): Promise<Ground | null> {
  const { config, lifecycle, logger } = parts
  const broker = readBrokerAccess(config)
  const meter = createStatementMeter(registry, tracer)
  const opened = await lifecycle.start('database', () =>
    openStore({ url: config.databaseUrl, applicationName: config.instance, ...poolOf(config), logger, meter }),
  )
  await lifecycle.start('time', () => keepTime({ clock, logger, readReference: () => readClock(opened) }))
  const turn = await waitForTurn(parts, opened)
  if (turn === null) return null
  const live = await lifecycle.start('live', async () => {
    const connected = await connectLive({ ...broker, clientId: `cordon.${config.instance}.live`, logger })
    return { ...connected, stop: () => connected.close() }
  })
  const { store } = turn
  const register = await lifecycle.start('register', () => startRegister({ store, live, clock, logger }))
  return { ...turn, live, register, tracer }
}

/**
 * Everything that tags send over one broker session is one process's to judge and to write: others stand by. The partitions of a NATS
 * cluster have leases of their own.
 */
async function waitForTurn(
  { config, lifecycle, logger }: LineParts,
  opened: Store,
): Promise<Pick<Ground, 'store' | 'mayConnect'> | null> {
  if (config.natsUrl !== undefined) return { store: opened, mayConnect: () => true }
  const { databaseUrl: url, instance } = config
  const onTaken = (reason: Error) => lifecycle.fail('line', reason)
  const line = await lifecycle.start('line', () => holdLine({ url, instance, logger, onTaken }))
  if (!(await takeTurn({ config, lifecycle }, line))) return null
  return { store: line.fence(opened), mayConnect: () => line.isHeld() }
}

/** A partition cannot be taken over while its last owner, stopped in the middle of one, has a transaction open. */
const IDLE_IN_TRANSACTION_MS = 5_000

const poolOf = ({ natsUrl, natsPartitions }: IngestConfig) =>
  natsUrl === undefined
    ? { poolSize: 4 }
    : { poolSize: Math.min(12, 4 + natsPartitions), idleInTransactionTimeoutMs: IDLE_IN_TRANSACTION_MS }

/** What tags say comes from one broker session, or from this ingest's share of the partitions of a NATS cluster. */
async function startSource(parts: LineParts, ground: Ground, meter: Meter) {
  const named = { ...parts, name: parts.config.instance, clock, mayConnect: ground.mayConnect }
  if (parts.config.natsUrl !== undefined)
    return startPartitions(named, ground, (of, on, subscribe) => startFlow(of, on, { meter, subscribe }))
  const flow = await startFlow(named, ground, { meter, subscribe: subscribeMqtt })
  return { ...flow, everybody: () => Promise.resolve(flow.states) }
}
