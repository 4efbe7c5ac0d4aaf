import { type Clock, Counter, Histogram, type Registry } from '@cordon/runtime'
import type { IncidentChange } from '@cordon/store'
import type { Entry } from './position-book.ts'

/** Told of everything that the stream does for its clients. */
export interface StreamMeter {
  /** A change has just been written to every client that follows the log and may see it. */
  readonly incident: (change: IncidentChange) => void
  /** So have these positions. */
  readonly positions: (entries: ReadonlyMap<string, Entry>) => void
  /** What waits for one client, looked at once a second. */
  readonly buffered: (bytes: number) => void
  readonly sent: (bytes: number) => void
  /** A client was sent away, by the code it was told. */
  readonly ended: (code: string) => void
}

/** Seconds. Between 20 ms and 5 s is where the promises are. */
const LATENCIES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30, 60, 240, 600, 3_600]
/** Bytes. Above 1 MiB a client is slow. */
const BYTES = [0, 1_024, 16_384, 131_072, 524_288, 1_048_576, 4_194_304, 16_777_216, 67_108_864]
/**
 * Of one flush, four a second: at 10,000 positions a flush every 500th is looked at. It costs a hundredth of a thousandth of a core
 * whatever the load, and a minute gives 4,800 observations.
 */
const SAMPLES = 20

export function createStreamMeter(registry: Registry, clock: Clock): StreamMeter {
  const latency = <Label extends string = never>(name: string, help: string, ...labelNames: readonly Label[]) =>
    new Histogram({ name, help, labelNames: [...labelNames], buckets: LATENCIES, registers: [registry] })
  const measured = latency(
    'cordon_measured_to_pushed_seconds',
    'From the tag’s own clock to the sockets: raised incidents that are not late, and a sample of the positions',
    'what',
  )
  const received = latency(
    'cordon_received_to_pushed_seconds',
    'From receipt at ingest to the sockets, of the same',
    'what',
  )
  const committed = latency('cordon_committed_to_pushed_seconds', 'From the record of a raised incident to the sockets')
  const buffered = new Histogram({
    name: 'cordon_stream_buffered_bytes',
    help: 'What waits for a client, each client once a second',
    buckets: BYTES,
    registers: [registry],
  })
  const counter = <Label extends string = never>(name: string, help: string, ...labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames: [...labelNames], registers: [registry] })
  const sent = counter('cordon_stream_sent_bytes_total', 'Bytes written to the sockets')
  const pushed = counter(
    'cordon_stream_pushed_total',
    'Incident changes and positions pushed, once for all clients',
    'what',
  )
  const ended = counter('cordon_stream_clients_ended_total', 'Clients sent away, by what they were told', 'code')

  return {
    incident: ({ change, incident }) => {
      pushed.inc({ what: 'incident' })
      if (change !== 'raised' || incident.late) return
      const since = (at: string) => Math.max(0, clock.now() - Date.parse(at)) / 1_000
      measured.observe({ what: 'incident' }, since(incident.happenedAt))
      received.observe({ what: 'incident' }, since(incident.receivedAt))
      committed.observe(since(incident.raisedAt))
    },
    positions: entries => {
      pushed.inc({ what: 'position' }, entries.size)
      const every = Math.ceil(entries.size / SAMPLES)
      const now = clock.now()
      let place = 0
      for (const { position } of entries.values()) {
        if (place++ % every !== 0) continue
        measured.observe({ what: 'position' }, Math.max(0, now - position.measuredAt) / 1_000)
        received.observe({ what: 'position' }, Math.max(0, now - position.receivedAt) / 1_000)
      }
    },
    buffered: bytes => buffered.observe(bytes),
    sent: bytes => sent.inc(bytes),
    ended: code => ended.inc({ code }),
  }
}
