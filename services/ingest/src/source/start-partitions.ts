import { randomBytes } from 'node:crypto'
import { connectNats, ensureStream, markPartition, type NatsLink, purgeAcknowledged } from '@cordon/jetstream'
import { createError, type Lifecycle, type Logger, type Startable, type Stop, toError } from '@cordon/runtime'
import { fenceStore, type Lease } from '@cordon/store'
import type { IngestConfig } from '../config.ts'
import type { WatchStates } from '../watch-states.ts'
import { combineFlows } from './combine-flows.ts'
import type { Flow, FlowParts, Flows, Ground, StartFlow } from './flow.ts'
import { keepLeases, type LeaseKeeper } from './keep-leases.ts'
import { readNatsAccess } from './nats-access.ts'
import { partitionRegister } from './partition-register.ts'
import { readOtherStates } from './read-other-states.ts'
import { subscribePartition } from './subscribe-partition.ts'

export interface Partitions extends Flows {
  /** For the roll-call: the states of everybody; null when it is another ingest's to hold. */
  readonly everybody: () => Promise<Pick<WatchStates, 'get'> | null>
}

interface PartitionParts extends FlowParts {
  readonly lifecycle: Pick<Lifecycle, 'start' | 'fail'>
}

/** Of partition 0: who has it does what is to be done once for all. */
const HEAD = 0
const SWEEP_MS = 10_000

/**
 * Instead of one broker session, as many partitions of the tags' stream as are this process's share. Each has a flow of its own:
 * batches, states, rewinds and ticks of its own tags, over a store that refuses a stale owner.
 */
export async function startPartitions(
  parts: PartitionParts,
  ground: Ground,
  startFlow: StartFlow,
): Promise<Partitions> {
  const { config, lifecycle, logger } = parts
  const link = await lifecycle.start('nats', () => openLink(parts))
  const flows = new Map<number, Flow>()
  const maxPending = Math.max(MIN_PENDING, Math.floor(config.receiveMaximum / config.natsPartitions))

  const ownConfig = { ...config, receiveMaximum: maxPending }

  const open = async (lease: Lease) => {
    const { partition } = lease
    const onLost = () => keeper?.lost(lease)
    const own = createOwnParts(parts)
    const partitionGround = {
      ...ground,
      store: fenceStore(ground.store, lease, { onLost, logger }),
      register: partitionRegister(ground.register, partition, config.natsPartitions),
    }
    try {
      const name = `${parts.name}.${partition}`
      const flow = await startFlow(
        { ...parts, ...{ name, config: ownConfig, lifecycle: own } },
        partitionGround,
        (_, batcher, onReceived) =>
          subscribePartition({ link, lease, maxPending, batcher, onReceived, onLost, clock: parts.clock, logger }),
      )
      flows.set(partition, flow)
      return {
        stop: async () => {
          flows.delete(partition)
          await own.stop()
        },
      }
    } catch (error) {
      await own.stop()
      throw error
    }
  }
  let keeper: LeaseKeeper | undefined
  const owner = `${config.instance}.${randomBytes(3).toString('hex')}`
  keeper = await lifecycle.start('leases', () =>
    keepLeases({ ...{ store: ground.store, owner, open, logger }, ...leaseTerms(config) }),
  )
  const { held } = keeper
  await lifecycle.start('sweep', () => startSweep({ link, held, partitions: config.natsPartitions, logger }))
  return {
    ...combineFlows(
      () => [...flows.values()],
      link,
      () => held().length,
    ),
    everybody: async () => (held().includes(HEAD) ? readOtherStates(ground.store, [...flows.values()]) : null),
  }
}

/** A tick's worth of messages at the largest number of partitions. */
const MIN_PENDING = 200

const leaseTerms = ({ natsPartitions, lease }: IngestConfig) => ({ partitions: natsPartitions, leaseMs: lease })

async function openLink({ config, lifecycle, logger }: PartitionParts): Promise<NatsLink> {
  const link = await connectNats({ ...readNatsAccess(config), name: config.instance, logger })
  const replicas = Number(config.natsReplicas)
  try {
    await ensureStream(link, { replicas, maxMessages: config.natsMaxMessages }, logger)
  } catch (error) {
    await link.stop()
    throw error
  }
  void link.closed.then(reason =>
    lifecycle.fail('nats', reason ?? createError('broker-unavailable', 'the connection to NATS has ended')),
  )
  return link
}

/** What one partition's flow starts, stopped in the reverse order without the whole process. */
function createOwnParts({ lifecycle, logger }: PartitionParts): Pick<Lifecycle, 'start' | 'fail'> & { stop: Stop } {
  const stops: Stop[] = []
  return {
    start: async <T extends Startable>(_part: string, begin: () => Promise<T> | T) => {
      const started = await begin()
      stops.push(typeof started === 'function' ? started : () => started.stop())
      return started
    },
    fail: lifecycle.fail,
    stop: async () => {
      for (const stop of stops.splice(0).reverse()) {
        try {
          await stop()
        } catch (error) {
          logger.error({ err: toError(error) }, 'a part of a partition did not stop cleanly')
        }
      }
    },
  }
}

interface SweepParts {
  readonly link: NatsLink
  readonly held: () => readonly number[]
  readonly partitions: number
  readonly logger: Logger
}

/** Every ten seconds: marks the own partitions, and empties the stream of what all have acknowledged. What fails is done then. */
function startSweep({ link, held, partitions, logger }: SweepParts): Stop {
  const sweep = async () => {
    for (const partition of held()) await markPartition(link, partition)
    if (held().includes(HEAD)) await purgeAcknowledged(link, partitions)
  }
  const timer = setInterval(() => {
    if (link.connected())
      sweep().catch((error: unknown) => logger.debug({ err: toError(error) }, 'the stream was not swept'))
  }, SWEEP_MS)
  return () => clearInterval(timer)
}
