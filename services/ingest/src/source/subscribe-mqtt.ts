import { TAG_FILTERS } from '@cordon/contract'
import type { Batcher } from '../batch.ts'
import { readBrokerAccess } from '../config.ts'
import { createSubscriber, type Subscriber } from '../subscribe/create-subscriber.ts'
import type { FlowParts } from './flow.ts'

/** Of the line and not of the process: whoever has the line gets what waits for it, under whatever name it runs. */
const SESSION = 'cordon.ingest'

/** Everything that every tag publishes, over one session at an MQTT broker. */
export function subscribeMqtt(
  { config, lifecycle, mayConnect, clock, logger }: FlowParts,
  batcher: Batcher,
  onReceived: () => void,
): Subscriber {
  return createSubscriber({
    ...readBrokerAccess(config),
    clientId: SESSION,
    protocolVersion: config.mqttProtocol === '5' ? 5 : 4,
    filters: TAG_FILTERS,
    receiveMaximum: config.receiveMaximum,
    // A connection of which nothing comes back is found dead after four half keep-alives: operators are told within 15 s.
    keepaliveSeconds: 5,
    sessionExpirySeconds: Math.round(config.sessionExpiry / 1_000),
    clock,
    logger,
    random: Math.random,
    mayConnect,
    onMessage: message => {
      onReceived()
      batcher.add(message)
    },
    // A start anew reads from the database what the other one has done meanwhile.
    onTakenOver: reason => lifecycle.fail('subscriber', reason),
  })
}
