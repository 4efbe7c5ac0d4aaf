import type { NatsLink } from './connect-nats.ts'
import { listPartitionConsumers } from './partition-consumers.ts'
import { MQTT_STREAM, markerSubject } from './subjects.ts'

/** Puts a message of our own into a partition, so that what is acknowledged there keeps up with the others while its tags are silent. */
export async function markPartition({ js }: Pick<NatsLink, 'js'>, partition: number): Promise<void> {
  await js.publish(markerSubject(partition))
}

/**
 * Removes from the stream what has been acknowledged in all partitions; gives the place up to which. A partition that nobody has
 * ever read keeps everything. What is acknowledged is asked of each consumer itself, and never guessed from there being nothing
 * left to read: a server that is behind does not know what it has not got.
 */
export async function purgeAcknowledged(link: Pick<NatsLink, 'ask' | 'manager'>, partitions: number): Promise<number> {
  const consumers = await listPartitionConsumers(link, null)
  const places = Array.from({ length: partitions }, (_, partition) =>
    Math.max(0, ...consumers.filter(consumer => consumer.partition === partition).map(one => one.acknowledged)),
  )
  const acknowledged = Math.min(...places)
  if (acknowledged > 0) await link.manager.streams.purge(MQTT_STREAM, { seq: acknowledged + 1 })
  return acknowledged
}
