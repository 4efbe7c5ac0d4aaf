import { type Clock, Gauge, type Logger, type ReadyCheck, type Registry } from '@cordon/runtime'
import { type CapacityOf, capacityAlarms, readCapacity, type Store, sampleCapacity } from '@cordon/store'
import { repeat } from './repeat.ts'

export interface CapacityParts {
  readonly store: Store
  readonly clock: Clock
  readonly logger: Logger
  readonly registry: Registry
  /** Bytes that the database may take; null: nobody said. */
  readonly capacityBytes: number | null
  /** Until the first sample. */
  readonly firstMs?: number
}

export interface RunningCapacity {
  /** For `/ready`: told there, and no reason to call ingest unfit. */
  readonly check: ReadyCheck
  stop(): Promise<void>
}

const FIRST_MS = 15_000
const EVERY_MS = 3_600_000

/** Every hour: how full everything is, and for how many days that lasts. */
export function startCapacity(parts: CapacityParts): RunningCapacity {
  let known: readonly CapacityOf[] = []
  const show = createCapacityGauges(parts.registry)
  const stop = repeat({
    name: 'sampling capacity',
    firstMs: parts.firstMs ?? FIRST_MS,
    everyMs: EVERY_MS,
    logger: parts.logger,
    work: async () => {
      known = await watchCapacity(parts)
      show(known)
    },
  })
  return { check: () => ({ ok: true, detail: describeCapacity(known) }), stop }
}

/** Takes a sample, and says in the log what becomes full. */
export async function watchCapacity({
  store,
  clock,
  logger,
  capacityBytes,
}: Omit<CapacityParts, 'registry'>): Promise<readonly CapacityOf[]> {
  await sampleCapacity(store, clock.now(), capacityBytes)
  const known = await readCapacity(store)
  for (const { level, ...alarm } of capacityAlarms(known)) logger[level](alarm, 'capacity is running out')
  return known
}

/** `database 3.2 of 100.0 GB, full in 210 days; numbers incidents_id_seq …` */
export function describeCapacity(known: readonly CapacityOf[]): string {
  const database = known.find(({ what }) => what === 'database')
  if (database === undefined) return 'not sampled yet'
  const { used, capacity, daysLeft } = database
  const room = capacity === null ? ', CORDON_DATABASE_CAPACITY is not set' : ` of ${gigabytes(capacity)}`
  const alarms = capacityAlarms(known).filter(({ what }) => what !== 'database')
  return [
    `database ${gigabytes(used)}${room}${lasting(daysLeft)}`,
    ...alarms.map(
      ({ what, share, daysLeft: left }) => `${what} taken to ${(share * 100).toFixed(0)} %${lasting(left)}`,
    ),
  ].join('; ')
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`
const lasting = (daysLeft: number | null): string => (daysLeft === null ? '' : `, full in ${Math.floor(daysLeft)} days`)

/** What shows how full everything is. */
export function createCapacityGauges(registry: Registry): (known: readonly CapacityOf[]) => void {
  const gauge = (name: string, help: string) => new Gauge({ name, help, labelNames: ['what'], registers: [registry] })
  const used = gauge('cordon_capacity_bytes_used', 'Bytes of the database and of each table')
  const limit = gauge('cordon_capacity_bytes_limit', 'Bytes that there are, where somebody said so')
  const numbers = gauge(
    'cordon_capacity_numbers_used_ratio',
    'Share of the numbers of each sequence that is taken, 0 to 1',
  )
  const days = gauge('cordon_capacity_days_left', 'Days until it is full, at the rate of the last 14')
  return known => {
    for (const one of [used, limit, numbers, days]) one.reset()
    for (const { what, used: taken, capacity, daysLeft } of known) {
      if (what.startsWith('numbers ')) numbers.set({ what }, capacity === null ? 0 : taken / capacity)
      else used.set({ what }, taken)
      if (capacity !== null && !what.startsWith('numbers ')) limit.set({ what }, capacity)
      if (daysLeft !== null) days.set({ what }, daysLeft)
    }
  }
}
