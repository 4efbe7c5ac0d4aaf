import { Gauge, type Registry } from '@cordon/runtime'
import type { Stream } from './sockets/create-stream.ts'

export function registerGatewayMetrics(registry: Registry, { hub, system }: Stream): void {
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
