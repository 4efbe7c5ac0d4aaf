import { Gauge, type Registry } from '@cordon/runtime'
import type { Stream } from './sockets/create-stream.ts'

const FEED_VALUES = { up: 0, late: 1, down: 2 } as const

export function registerGatewayMetrics(registry: Registry, { hub, system, provisional }: Stream): void {
  const feeds: Gauge<'feed'> = new Gauge({
    name: 'cordon_feed_state',
    help: 'As operators are told it: 0 up, 1 late, 2 down',
    labelNames: ['feed'],
    registers: [registry],
    collect: () => {
      for (const [feed, { state }] of Object.entries(system.feeds())) feeds.set({ feed }, FEED_VALUES[state])
    },
  })
  const alerts: Gauge = new Gauge({
    name: 'cordon_provisional_alerts_shown',
    help: 'Critical breaches that operators see and nobody could record yet',
    registers: [registry],
    collect: () => alerts.set(provisional.view().items.length),
  })
  const clients: Gauge = new Gauge({
    name: 'cordon_stream_clients',
    help: 'Clients of the WebSocket stream',
    registers: [registry],
    collect: () => clients.set(hub.count()),
  })
  const lag: Gauge = new Gauge({
    name: 'cordon_ingest_lag_seconds',
    help: 'Lag of the slowest ingest as this gateway hears it; NaN while none is heard',
    registers: [registry],
    collect: () => lag.set(system.lagSeconds() ?? Number.NaN),
  })
}
