import { type Logger, type Stop, toError } from '@cordon/runtime'
import {
  claimLeases,
  type Lease,
  leaveMembership,
  makeLeases,
  releaseLease,
  renewLeases,
  renewMembership,
  type Store,
} from '@cordon/store'
import { shareOf } from './share.ts'

export interface LeaseKeeperOptions {
  readonly store: Store
  /** Of this process alone: a second one of the same name is another owner. */
  readonly owner: string
  readonly partitions: number
  readonly leaseMs: number
  /** Begins to work on a partition. */
  readonly open: (lease: Lease) => Promise<{ readonly stop: Stop }>
  readonly logger: Logger
}

export interface LeaseKeeper {
  /** Partitions that are being worked on or are about to be. */
  readonly held: () => readonly number[]
  /** Somebody else has this one: what is being done on it ends, and nothing is given back. */
  readonly lost: (lease: Lease) => void
  /** Ends the work and gives everything back, so that others take it at once. */
  stop(): Promise<void>
}

interface Holding {
  readonly lease: Lease
  /** Fulfilled when the work has ended, whatever it ended by. */
  end?: Promise<void>
  readonly opened: Promise<{ readonly stop: Stop } | null>
}

/** Looks so often within the time of a lease: what is given back is taken within a tenth of it, what hangs within eleven. */
const LOOKS = 10

/**
 * Holds this process's fair share of the partitions. Each look: says that it is there, renews what it holds, gives back what is
 * beyond its share (the work ends first: batch committed, acknowledged), takes what is free. The database's clock decides, and while
 * the database is away nothing changes hands.
 *
 * A partition is: free → opening → open → closing → free. Leases are renewed in all of them but free. One that is lost goes to
 * closing from wherever it is, and is not given back.
 */
export async function keepLeases(options: LeaseKeeperOptions): Promise<LeaseKeeper> {
  const { store, owner, partitions, leaseMs, logger } = options
  const holdings = new Map<number, Holding>()
  let isFailing = false
  let looking: Promise<void> | undefined
  let isStopping = false

  const take = (lease: Lease) => {
    const before = holdings.get(lease.partition)?.end
    logger.info({ partition: lease.partition, epoch: lease.epoch }, 'partition taken')
    const opened = Promise.resolve(before)
      .then(() => options.open(lease))
      .catch((error: unknown) => {
        logger.error({ partition: lease.partition, err: toError(error) }, 'a partition could not be opened: given back')
        void end(holding, true)
        return null
      })
    const holding: Holding = { lease, opened }
    holdings.set(lease.partition, holding)
  }

  /** Work that cannot be ended cleanly is cut off by the fence when somebody else takes the partition. */
  const end = (holding: Holding, givesBack: boolean): Promise<void> => {
    holding.end ??= holding.opened
      .then(work => work?.stop())
      .then(() => (givesBack ? releaseLease(store, holding.lease) : undefined))
      .catch((error: unknown) => logger.warn({ err: toError(error) }, 'a partition was not left cleanly'))
      .then(() => {
        if (holdings.get(holding.lease.partition) === holding) holdings.delete(holding.lease.partition)
      })
    return holding.end
  }
  const lost = (lease: Lease) => {
    const holding = holdings.get(lease.partition)
    if (holding === undefined || holding.lease.epoch !== lease.epoch || holding.end !== undefined) return
    logger.warn({ partition: lease.partition, epoch: lease.epoch }, 'another ingest has taken this partition')
    void end(holding, false)
  }

  const look = async () => {
    const members = await renewMembership(store, { name: owner, partitions, leaseMs })
    const held = [...holdings.values()].map(({ lease }) => lease)
    const kept = new Set((await renewLeases(store, { owner, leaseMs, held })).map(({ partition }) => partition))
    for (const lease of held) if (!kept.has(lease.partition)) lost(lease)
    const open = [...holdings.values()].filter(holding => holding.end === undefined)
    const share = shareOf(members, owner, partitions)
    for (const holding of open.slice(share)) void end(holding, true)
    const count = share - open.length
    if (count > 0 && !isStopping)
      for (const lease of await claimLeases(store, { owner, leaseMs, count, partitions })) take(lease)
  }

  const lookAgain = () => {
    looking ??= look()
      .then(
        () => {
          isFailing = false
        },
        (error: unknown) => {
          if (!isFailing) logger.error({ err: toError(error) }, 'leases could not be renewed: trying again')
          isFailing = true
        },
      )
      .finally(() => {
        looking = undefined
      })
  }
  await makeLeases(store, partitions)
  await look()
  const timer = setInterval(lookAgain, leaseMs / LOOKS)

  return {
    held: () => [...holdings.values()].filter(holding => holding.end === undefined).map(({ lease }) => lease.partition),
    lost,
    stop: async () => {
      isStopping = true
      clearInterval(timer)
      await looking
      await Promise.all([...holdings.values()].map(holding => end(holding, true)))
      await leaveMembership(store, owner).catch(() => undefined) // it is forgotten when its time is over
    },
  }
}
