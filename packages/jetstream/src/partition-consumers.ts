import { createError } from '@cordon/runtime'
import { AckPolicy, type ConsumerInfo, DeliverPolicy } from '@nats-io/jetstream'
import type { NatsLink } from './connect-nats.ts'
import { MQTT_STREAM, partitionFilter } from './subjects.ts'

/** How far one reader of a partition got. */
export interface PartitionConsumer {
  readonly name: string
  readonly partition: number
  readonly epoch: number
  /** Sequence in the stream up to which everything of the partition has been acknowledged. */
  readonly acknowledged: number
}

const NAME = /^cordon_(\d+)_(\d+)_(\d+)$/
/** What was delivered and neither acknowledged nor lost on the way comes again after this. */
const ACK_WAIT_NS = 60_000_000_000

/**
 * The consumers that are or were read by an ingest, of one partition or of all. Only their names are listed: while the leader of any
 * consumer is being chosen, a list with all that is known of each would wait for it.
 */
export async function listPartitionConsumers(
  link: Pick<NatsLink, 'ask' | 'manager'>,
  only: number | null,
): Promise<readonly PartitionConsumer[]> {
  const found: PartitionConsumer[] = []
  for (const name of await listNames(link)) {
    const match = NAME.exec(name)
    const [partition, epoch] = [Number(match?.[1]), Number(match?.[2])]
    if (match === null || (only !== null && partition !== only)) continue
    const info = await link.manager.consumers.info(MQTT_STREAM, name)
    found.push({ name, partition, epoch, acknowledged: acknowledgedBy(info) })
  }
  return found
}

interface NamesAnswer {
  readonly total?: number
  readonly consumers?: readonly string[] | null
}

async function listNames({ ask }: Pick<NatsLink, 'ask'>): Promise<readonly string[]> {
  const names: string[] = []
  for (;;) {
    const answer = (await ask(`$JS.API.CONSUMER.NAMES.${MQTT_STREAM}`, { offset: names.length })) as NamesAnswer
    if (answer.consumers === undefined) throw createError('broker-unavailable', 'NATS did not list its consumers')
    names.push(...(answer.consumers ?? []))
    if (names.length >= (answer.total ?? 0) || (answer.consumers ?? []).length === 0) return names
  }
}

/** Before its first acknowledgement a consumer has all that its predecessor had: it began behind it. */
const acknowledgedBy = ({ ack_floor, config }: ConsumerInfo): number =>
  Math.max(ack_floor.stream_seq, (config.opt_start_seq ?? 1) - 1)

export interface TakenConsumer {
  readonly name: string
  /** Everything up to here has been acknowledged by whoever read before. */
  readonly acknowledged: number
}

/**
 * Makes a consumer that begins with the first message that nobody has acknowledged, and takes the earlier ones away: what was
 * delivered to another owner comes at once and in order, and not after its waiting time. The new one is there before the old one
 * goes, so that whatever ends this half-way, the place is known. Rejects with `lease-lost` when a later owner has been here.
 */
export async function takeConsumer(
  link: Pick<NatsLink, 'ask' | 'manager'>,
  { partition, epoch, maxPending }: { readonly partition: number; readonly epoch: number; readonly maxPending: number },
): Promise<TakenConsumer> {
  const before = await listPartitionConsumers(link, partition)
  if (before.some(consumer => consumer.epoch > epoch))
    throw createError('lease-lost', `partition ${partition} is read by a later owner than epoch ${epoch}`)
  const acknowledged = Math.max(0, ...before.map(consumer => consumer.acknowledged))
  const name = `cordon_${partition}_${epoch}_${nextNumber(before)}`
  await link.manager.consumers.add(MQTT_STREAM, {
    ...{ durable_name: name, filter_subject: partitionFilter(partition) },
    ...{ deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: acknowledged + 1 },
    // All: one acknowledgement for everything up to it. In a cluster each costs a vote of the servers.
    ...{ ack_policy: AckPolicy.All, ack_wait: ACK_WAIT_NS, max_ack_pending: maxPending, max_waiting: 16 },
  })
  for (const old of before) await link.manager.consumers.delete(MQTT_STREAM, old.name)
  return { name, acknowledged }
}

const nextNumber = (before: readonly PartitionConsumer[]): number =>
  1 + Math.max(0, ...before.map(({ name }) => Number(NAME.exec(name)?.[3])))
