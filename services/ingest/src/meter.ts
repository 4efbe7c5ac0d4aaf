import { boundLabel, Counter, createDenseHistogram, Gauge, Histogram, type Registry } from '@cordon/runtime'
import type { Written } from '@cordon/store'
import type { Decoded } from './decode.ts'
import type { Evaluated } from './evaluate.ts'
import { createFreshness } from './freshness.ts'
import { createRecentRate } from './recent-rate.ts'
import type { ReceivedMessage } from './subscribe/create-subscriber.ts'

export interface KeptBatch {
  readonly messages: readonly ReceivedMessage[]
  readonly decoded: Decoded
  readonly evaluated: Evaluated
  readonly written: Written | null
  readonly startedAt: number
  readonly committedAt: number
}

export interface Meter {
  batch(kept: KeptBatch): void
  /** How long a stage of a batch took. */
  stage(name: string, seconds: number): void
  /** A batch was not kept and will be run again. */
  failed(): void
  /** A message that failed by itself three times was put aside. */
  poison(): void
  /**
   * Fixes kept a second over the last minute; and by how many seconds ingest is behind: the greatest age at commit of a message
   * since it was received, of those since the last call, or of the freshest fix when the broker has a backlog for us.
   */
  sinceLast(now: number): { readonly fixesPerSecond: number; readonly lagSeconds: number }
  /** How long messages lie at the broker, as far as can be told. */
  backlogMs(now: number): number
}

/** Seconds. Fine between 5 ms and 2 s, where the promises are. */
const BUCKETS = [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 5, 10, 60, 600, 3_600]
const STAGE_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]
/** Messages or fixes in a batch. */
const SIZES = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000]
/** The codec has 17 codes, decode four of its own, the allowance one, and there is poison. */
const MAX_CODES = 40

/** Rates and latencies of ingest, by the three clocks of a fix: measured by the tag, received here, committed. */
export function createMeter(registry: Registry, startedAt: number): Meter {
  const counters = createCounters(registry)
  const histograms = createHistograms(registry)
  const newest = new Gauge({
    name: 'cordon_last_fix_committed_timestamp_seconds',
    help: 'When a fix was last committed, Unix time; 0 before the first',
    registers: [registry],
  })
  const freshness = createFreshness()
  const rate = createRecentRate(startedAt)
  let lagMs = 0

  return {
    batch: kept => {
      const { messages, evaluated, committedAt } = kept
      const { fixes } = evaluated
      countBatch(counters, kept)
      rate.add(fixes.length)
      // The loop that runs for every fix: two calls and no allocation.
      for (const { activation, fix } of fixes) {
        histograms.measured.observe((committedAt - fix.measuredAt) / 1_000)
        freshness.note(activation.id, fix.measuredAt, committedAt)
      }
      if (fixes.length > 0) newest.set(committedAt / 1_000)
      if (messages.length === 0) return
      let oldest = committedAt
      for (const { receivedAt } of messages) if (receivedAt < oldest) oldest = receivedAt
      lagMs = Math.max(lagMs, committedAt - oldest)
      histograms.received.observe((committedAt - oldest) / 1_000)
      histograms.messages.observe(messages.length)
      histograms.fixes.observe(fixes.length)
      histograms.duration.observe(Math.max(0, committedAt - kept.startedAt) / 1_000)
    },
    stage: (stage, seconds) => histograms.stage.observe({ stage }, seconds),
    failed: () => counters.failed.inc(),
    poison: () => counters.rejected.inc({ code: 'poison' }),
    backlogMs: now => freshness.backlogMs(now),
    sinceLast: now => {
      const lagSeconds = Math.max(lagMs, freshness.backlogMs(now)) / 1_000
      lagMs = 0
      return { fixesPerSecond: rate.perSecond(now), lagSeconds }
    },
  }
}

function createCounters(registry: Registry) {
  const counter = <Label extends string = never>(name: string, help: string, ...labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames: [...labelNames], registers: [registry] })
  return {
    messages: counter('cordon_messages_total', 'MQTT messages kept'),
    bytes: counter('cordon_message_bytes_total', 'Bytes of the payloads of those messages'),
    fixes: counter('cordon_fixes_total', 'Fixes kept, repeats included'),
    newFixes: counter('cordon_fixes_new_total', 'Fixes kept for the first time'),
    events: counter('cordon_device_events_total', 'Device events kept, repeats included'),
    judged: counter('cordon_judged_total', 'Fixes and device events that the engine judged'),
    rejected: counter('cordon_rejections_total', 'Items quarantined, by why', 'code'),
    judgements: counter('cordon_judgements_total', 'What the engine said, by type of judgement', 'type'),
    incidents: counter('cordon_incident_changes_total', 'Incidents raised and changed, as recorded', 'change'),
    failed: counter('cordon_batches_failed_total', 'Runs of a batch that were not kept and are run again'),
    codeOf: boundLabel(MAX_CODES),
  }
}

function countBatch(counters: ReturnType<typeof createCounters>, { messages, decoded, evaluated, written }: KeptBatch) {
  counters.messages.inc(messages.length)
  let bytes = 0
  for (const { payload } of messages) bytes += payload.length
  counters.bytes.inc(bytes)
  counters.fixes.inc(evaluated.fixes.length)
  counters.newFixes.inc(written?.newFixes ?? 0)
  counters.events.inc(decoded.events.length)
  counters.judged.inc(decoded.fixes.length + decoded.events.length)
  for (const { rejection, seen } of decoded.rejected)
    counters.rejected.inc({ code: counters.codeOf(rejection.code) }, seen ?? 1)
  for (const { type } of evaluated.judgements) counters.judgements.inc({ type })
  for (const { change } of written?.incidents ?? []) counters.incidents.inc({ change })
}

function createHistograms(registry: Registry) {
  const histogram = (name: string, help: string, buckets: readonly number[]) =>
    new Histogram({ name, help, buckets: [...buckets], registers: [registry] })
  return {
    measured: createDenseHistogram({
      registry,
      name: 'cordon_measured_to_committed_seconds',
      help: 'From the tag’s own clock to commit, every fix',
      buckets: BUCKETS,
    }),
    received: histogram(
      'cordon_received_to_committed_seconds',
      'From receipt at ingest to commit, oldest message of each batch',
      BUCKETS,
    ),
    messages: histogram('cordon_batch_messages', 'Messages in a batch', SIZES),
    fixes: histogram('cordon_batch_fixes', 'Fixes in a batch', SIZES),
    stage: new Histogram({
      name: 'cordon_batch_stage_seconds',
      help: 'One stage of a batch: decode, evaluate, persist, publish, rewind',
      labelNames: ['stage'],
      buckets: STAGE_BUCKETS,
      registers: [registry],
    }),
    duration: histogram('cordon_batch_seconds', 'From the beginning of a batch to its commit', BUCKETS),
  }
}
