import { TAG_FILTERS } from '@cordon/contract'
import { systemClock } from '@cordon/runtime'
import type { Batcher } from '../batch.ts'
import { readBrokerAccess } from '../config.ts'
import { createSubscriber, type Subscriber } from '../subscribe/create-subscriber.ts'
import type { FlowParts } from './flow.ts'

/** Everything that every tag publishes, over one session at an MQTT broker. */
export function subscribeMqtt(
  { config, lifecycle, logger }: FlowParts,
  batcher: Batcher,
  onReceived: () => void,
): Subscriber {
  const { instance, receiveMaximum } = config
  return createSubscriber({
    ...readBrokerAccess(config),
    clientId: `cordon.${instance}`,
    protocolVersion: config.mqttProtocol === '5' ? 5 : 4,
    filters: TAG_FILTERS,
    receiveMaximum,
    // A connection of which nothing comes back is found dead after four half keep-alives: operators are told within 15 s.
    keepaliveSeconds: 5,
    sessionExpirySeconds: Math.round(config.sessionExpiry / 1_000),
    clock: systemClock,
    logger,
    random: Math.random,
    onMessage: message => {
      onReceived()
      batcher.add(message)
    },
    onSession: ({ connection, isResumed }) => {
      // A little that comes twice is harmless, and safer than to rely on the broker; a flapping connection must not pile it up.
      if (isResumed && batcher.waiting() > receiveMaximum) batcher.forgetBefore(connection)
    },
    // A start anew reads from the database what the other one has done meanwhile.
    onTakenOver: reason => lifecycle.fail('subscriber', reason),
  })
}
