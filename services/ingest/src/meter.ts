import { Counter, Gauge, Histogram, type Registry } from '@cordon/runtime'
import type { Written } from '@cordon/store'
import type { Decoded } from './decode.ts'
import type { Evaluated } from './evaluate.ts'
import { createFreshness } from './freshness.ts'
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
  /**
   * Since the last call: fixes kept a second; and by how many seconds ingest is behind: the age at commit of the oldest message
   * since it was received, or of the freshest fix when the broker has a backlog for us.
   */
  sinceLast(now: number): { readonly fixesPerSecond: number; readonly lagSeconds: number }
  /** How long messages lie at the broker, as far as can be told. */
  backlogMs(now: number): number
}

/** Seconds. Fine between 5 ms and 2 s, where the promises are. */
const BUCKETS = [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 5, 10, 60, 600, 3_600]

/** Rates and latencies of ingest, by the three clocks of a fix: measured by the tag, received here, committed. */
export function createMeter(registry: Registry, startedAt: number): Meter {
  const registers = [registry]
  const messages = new Counter({ name: 'cordon_messages_total', help: 'MQTT messages kept', registers })
  const fixes = new Counter({ name: 'cordon_fixes_total', help: 'Fixes kept, repeats included', registers })
  const newFixes = new Counter({ name: 'cordon_fixes_new_total', help: 'Fixes kept for the first time', registers })
  const rejected = new Counter({
    name: 'cordon_rejections_total',
    help: 'Items quarantined',
    labelNames: ['code'],
    registers,
  })
  const judged = new Counter({ name: 'cordon_judgements_total', help: 'Judgements', labelNames: ['type'], registers })
  const received = new Histogram({
    name: 'cordon_received_to_committed_seconds',
    help: 'From receipt at ingest to commit, oldest message of each batch',
    buckets: BUCKETS,
    registers,
  })
  const measured = new Histogram({
    name: 'cordon_measured_to_committed_seconds',
    help: 'From the tag’s own clock to commit, every fix',
    buckets: BUCKETS,
    registers,
  })
  const size = new Gauge({ name: 'cordon_batch_messages', help: 'Messages in the last batch', registers })
  const freshness = createFreshness()
  let count = 0
  let since = startedAt
  let lagMs = 0

  return {
    batch: kept => {
      const { committedAt } = kept
      messages.inc(kept.messages.length)
      size.set(kept.messages.length)
      fixes.inc(kept.evaluated.fixes.length)
      newFixes.inc(kept.written?.newFixes ?? 0)
      count += kept.evaluated.fixes.length
      for (const { rejection } of kept.decoded.rejected) rejected.inc({ code: rejection.code })
      for (const { type } of kept.evaluated.judgements) judged.inc({ type })
      for (const { activation, fix } of kept.evaluated.fixes) {
        measured.observe((committedAt - fix.measuredAt) / 1_000)
        freshness.note(activation.id, fix.measuredAt, committedAt)
      }
      if (kept.messages.length === 0) return
      const oldest = kept.messages.reduce((at, { receivedAt }) => Math.min(at, receivedAt), committedAt)
      lagMs = Math.max(lagMs, committedAt - oldest)
      received.observe((committedAt - oldest) / 1_000)
    },
    backlogMs: now => freshness.backlogMs(now),
    sinceLast: now => {
      const seconds = Math.max(0.001, (now - since) / 1_000)
      const result = { fixesPerSecond: count / seconds, lagSeconds: Math.max(lagMs, freshness.backlogMs(now)) / 1_000 }
      count = 0
      lagMs = 0
      since = now
      return result
    },
  }
}
