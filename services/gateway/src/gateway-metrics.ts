import type { FeedState } from '@cordon/contract'
import { type Clock, Gauge, type Registry, registerGauges, registerQueues } from '@cordon/runtime'
import { registerPoolMetrics, type Store } from '@cordon/store'
import { registerOpenIncidents } from './open-incident-metrics.ts'
import type { Stream } from './sockets/create-stream.ts'
import { OUTBOX_LIMITS } from './sockets/outbox.ts'

const FEED_VALUES: Readonly<Record<FeedState['state'], number>> = { up: 0, late: 1, down: 2 }

export interface MeteredGateway {
  readonly store: Store
  readonly stream: Pick<Stream, 'system' | 'provisional' | 'tags'> & {
    readonly hub: Pick<Stream['hub'], 'count' | 'pressure'>
  }
  readonly maxClients: number
  readonly clock: Clock
}

/** Every gauge of a gateway, read at the scrape. What requests and pushes do is counted where they are made. */
export function registerGatewayMetrics(registry: Registry, { store, stream, maxClients, clock }: MeteredGateway): void {
  const { hub, system, provisional } = stream
  registerPoolMetrics(registry, store)
  registerOpenIncidents(registry, { database: store, clock })
  registerQueues(registry, {
    'stream-clients': { length: hub.count, limit: () => maxClients },
    'outbox-bytes': { length: () => hub.pressure().mostBytes, limit: () => OUTBOX_LIMITS.hardBytes },
  })
  registerGauges(registry, {
    cordon_stream_clients: ['Clients of the WebSocket stream', hub.count],
    cordon_stream_slow_clients: [
      'Clients that read too slowly now: they get fewer positions',
      () => hub.pressure().slow,
    ],
    cordon_stream_held_back_positions: [
      'Positions held back for slow clients, the latest of each tag',
      () => hub.pressure().heldBack,
    ],
    cordon_ingest_lag_seconds: [
      'Lag of the slowest ingest as this gateway hears it; NaN while none is heard',
      () => system.lagSeconds() ?? Number.NaN,
    ],
    cordon_provisional_alerts_shown: [
      'Critical breaches that operators see and nobody could record yet',
      () => provisional.view().items.length,
    ],
    cordon_tags_expected: ['Activations in force', () => stream.tags().expected],
    cordon_tags_reporting: ['Of those, the ones with a fix of the last 15 minutes', () => stream.tags().reporting],
  })
  new Gauge({
    name: 'cordon_feed_state',
    help: 'As operators are told it: 0 up, 1 late, 2 down',
    labelNames: ['feed'],
    registers: [registry],
    collect() {
      for (const [feed, { state }] of Object.entries(system.feeds())) this.set({ feed }, FEED_VALUES[state])
    },
  })
}
