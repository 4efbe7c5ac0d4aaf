import { type NatsLink, openPartition } from '@cordon/jetstream'
import type { Clock, Logger } from '@cordon/runtime'
import type { Lease } from '@cordon/store'
import type { Batcher } from '../batch.ts'
import type { Subscriber } from '../subscribe/create-subscriber.ts'

export interface PartitionSubscriberOptions {
  readonly link: NatsLink
  readonly lease: Lease
  readonly maxPending: number
  readonly batcher: Pick<Batcher, 'add' | 'forgetBefore'>
  readonly onReceived: () => void
  readonly onLost: (reason: Error) => void
  readonly clock: Clock
  readonly logger: Logger
}

/** A partition of the tags' stream as the pipeline knows any source: its readings are what connections are to a broker. */
export function subscribePartition(options: PartitionSubscriberOptions): Subscriber {
  const { link, lease, maxPending, batcher, onReceived, onLost, clock, logger } = options
  const { partition, epoch } = lease
  const opened = openPartition({
    ...{ link, partition, epoch, maxPending, onLost, logger, clock, random: Math.random },
    onMessage: ({ topic, payload, sequence, reading }) => {
      onReceived()
      batcher.add({ topic, payload, receivedAt: clock.now(), connection: reading, messageId: sequence })
    },
    onReading: reading => batcher.forgetBefore(reading),
  })
  return {
    acknowledge: messages =>
      opened.acknowledge(messages.map(({ messageId, connection }) => ({ sequence: messageId, reading: connection }))),
    held: () => opened.held(),
    heldBytes: () => opened.heldBytes(),
    connected: () => opened.awaySince() === null,
    awaySince: () => opened.awaySince(),
    stop: () => opened.stop(),
  }
}
