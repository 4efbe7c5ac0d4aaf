import { connectLive } from '@cordon/live'
import {
  createRegistry,
  type Lifecycle,
  type Logger,
  type Registry,
  startTraces,
  systemClock,
  type Tracer,
} from '@cordon/runtime'
import { createStatementMeter, openStore } from '@cordon/store'
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
  const { tracesUrl: url, tracesPercent: percent } = config
  const { tracer } = await lifecycle.start('traces', () => startTraces({ url, percent, service: 'ingest', logger }))
  const ground = await startGround(parts, registry, tracer)
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
  await startOperations(parts, registry, { ...ground, ...flow, capacity })
}

const anchorsOf = ({ chainAnchorFile: file, chainAnchorEvery: everyMs }: IngestConfig) => ({ file, everyMs })

async function startGround(
  { config, lifecycle, logger }: LineParts,
  registry: Registry,
  tracer: Tracer,
): Promise<Ground> {
  const broker = readBrokerAccess(config)
  const meter = createStatementMeter(registry, tracer)
  const store = await lifecycle.start('database', () =>
    openStore({ url: config.databaseUrl, applicationName: config.instance, ...poolOf(config), logger, meter }),
  )
  const live = await lifecycle.start('live', async () => {
    const connected = await connectLive({ ...broker, clientId: `cordon.${config.instance}.live`, logger })
    return { ...connected, stop: () => connected.close() }
  })
  const register = await lifecycle.start('register', () => startRegister({ store, live, clock, logger }))
  return { store, live, register, tracer }
}

/** A partition cannot be taken over while its last owner, stopped in the middle of one, has a transaction open. */
const IDLE_IN_TRANSACTION_MS = 5_000

const poolOf = ({ natsUrl, natsPartitions }: IngestConfig) =>
  natsUrl === undefined
    ? { poolSize: 4 }
    : { poolSize: Math.min(12, 4 + natsPartitions), idleInTransactionTimeoutMs: IDLE_IN_TRANSACTION_MS }

/** What tags say comes from one broker session, or from this ingest's share of the partitions of a NATS cluster. */
async function startSource(parts: LineParts, ground: Ground, meter: Meter) {
  const named = { ...parts, name: parts.config.instance }
  if (parts.config.natsUrl !== undefined)
    return startPartitions(named, ground, (of, on, subscribe) => startFlow(of, on, { meter, subscribe }))
  const flow = await startFlow(named, ground, { meter, subscribe: subscribeMqtt })
  return { ...flow, everybody: () => Promise.resolve(flow.states) }
}
