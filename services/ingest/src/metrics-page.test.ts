import { noTracer, Registry, renderMetricsPage, systemClock } from '@cordon/runtime'
import { createStatementMeter } from '@cordon/store'
import { expect, it } from 'vitest'
import { createCapacityGauges } from './keeping/start-capacity.ts'
import { registerLineMetrics } from './line-metrics.ts'
import { createMeter } from './meter.ts'
import { combineSights } from './sight/combine-sights.ts'

/** Parts that say nought: what they say is tested with the running process (metrics.test.ts), here it is what is registered. */
const nought = () => 0
const silent = { held: nought, heldBytes: nought, waiting: nought, failing: nought, unwatched: nought }

it('the metrics of ingest are those of docs/metrics/ingest.md', async () => {
  const registry = new Registry()
  createStatementMeter(registry, noTracer)
  createMeter(registry, 0)
  createCapacityGauges(registry)
  registerLineMetrics(registry, {
    subscriber: { ...silent, awaySince: () => null },
    batcher: { ...silent, failing: () => null },
    rewinder: silent,
    register: { ...silent, activations: () => [] },
    store: { pool: () => ({ open: 0, idle: 0, waiting: 0, limit: 4 }) },
    sight: { now: () => combineSights([]) },
    ...{ receiveMaximum: 10, clock: systemClock },
  })
  const page = new URL('../../../docs/metrics/ingest.md', import.meta.url).pathname
  await expect(await renderMetricsPage('ingest', registry)).toMatchFileSnapshot(page)
})
