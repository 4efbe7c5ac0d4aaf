import { createError, type Logger } from '@cordon/runtime'
import {
  DiscardPolicy,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamInfo,
} from '@nats-io/jetstream'
import type { NatsLink } from './connect-nats.ts'
import { MQTT_STREAM, MQTT_SUBJECTS } from './subjects.ts'

export interface StreamLimits {
  readonly replicas: number
  /**
   * Messages at most. When it is full the server refuses: no PUBACK, and the tag keeps its fixes. There is no limit of bytes: in
   * nats-server 2.9 a stream near `max_bytes` drops its oldest messages although it is told to refuse new ones.
   */
  readonly maxMessages: number
}

const NOT_FOUND = 10_059

/**
 * Sees to it that the server keeps what it has acknowledged until Cordon has it: the stream behind its MQTT is ours to make,
 * before the server makes it itself with retention by interest, which keeps nothing that nobody has asked for yet. Rejects with
 * `start-failed` when the server's own stream is there and holds something.
 */
export async function ensureStream({ manager }: NatsLink, limits: StreamLimits, logger: Logger): Promise<void> {
  const found = await readStream(manager)
  if (found === null) return create(manager, limits)
  const { config, state } = found
  if (config.retention === RetentionPolicy.Limits) return adjust(manager, found, limits)
  if (state.messages > 0)
    throw createError(
      'start-failed',
      `the stream ${MQTT_STREAM} keeps its ${state.messages} messages by ${config.retention} and not by limits: it was made by the server, and not by Cordon`,
    )
  logger.warn('the server had made its MQTT stream itself: what tags sent before this was not kept')
  await manager.streams.delete(MQTT_STREAM)
  await create(manager, limits)
}

async function readStream(manager: JetStreamManager): Promise<StreamInfo | null> {
  try {
    return await manager.streams.info(MQTT_STREAM)
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === NOT_FOUND) return null
    throw error
  }
}

async function create(manager: JetStreamManager, { replicas, maxMessages }: StreamLimits): Promise<void> {
  await manager.streams.add({
    ...{ name: MQTT_STREAM, subjects: [MQTT_SUBJECTS], storage: StorageType.File },
    ...{ retention: RetentionPolicy.Limits, discard: DiscardPolicy.New },
    ...{ num_replicas: replicas, max_msgs: maxMessages },
  })
}

/** What was made with other limits gets these. */
async function adjust(manager: JetStreamManager, { config }: StreamInfo, limits: StreamLimits): Promise<void> {
  const { replicas, maxMessages } = limits
  const isAsAsked =
    config.num_replicas === replicas && config.max_msgs === maxMessages && config.discard === DiscardPolicy.New
  if (isAsAsked) return
  await manager.streams.update(MQTT_STREAM, {
    ...{ num_replicas: replicas, max_msgs: maxMessages, discard: DiscardPolicy.New },
  })
}
