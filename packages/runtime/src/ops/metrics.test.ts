import { describe, expect, it } from 'vitest'
import { boundLabel } from './bound-label.ts'
import { createDenseHistogram } from './create-dense-histogram.ts'
import { createRegistry, Histogram, Registry } from './create-registry.ts'
import { registerGauges, registerQueues } from './register-gauges.ts'
import { renderMetricsPage } from './render-metrics-page.ts'

const BUCKETS = [0.1, 1, 10]
const OPTIONS = { name: 'cordon_lag_seconds', help: 'Lag', buckets: BUCKETS }

describe('a dense histogram', () => {
  it('says at the scrape what the library’s own would say, on bounds and beyond the last', async () => {
    const [ours, theirs] = [new Registry(), new Registry()]
    const dense = createDenseHistogram({ registry: ours, ...OPTIONS })
    const usual = new Histogram({ ...OPTIONS, registers: [theirs] })
    for (const value of [0, 0.1, 0.1001, 1, 5, 10, 11, 4_000]) {
      dense.observe(value)
      usual.observe(value)
    }
    expect(await ours.metrics()).toBe(await theirs.metrics())
  })

  it('takes the labels of its registry, and no second of its name', async () => {
    const registry = createRegistry('ingest')
    createDenseHistogram({ registry, ...OPTIONS }).observe(1)
    expect(await registry.metrics()).toContain('cordon_lag_seconds_bucket{le="1",service="ingest"} 1')
    expect(() => createDenseHistogram({ registry, ...OPTIONS })).toThrow('already been registered')
  })
})

describe('gauges', () => {
  it('read when they are asked, a queue with its bound', async () => {
    const registry = new Registry()
    let waiting = 1
    registerGauges(registry, { cordon_waiting: ['Waiting', () => waiting] })
    registerQueues(registry, { hold: { length: () => waiting, limit: () => 10 } })
    waiting = 7
    const page = await registry.metrics()
    for (const line of [
      'cordon_waiting 7',
      'cordon_queue_length{queue="hold"} 7',
      'cordon_queue_limit{queue="hold"} 10',
    ])
      expect(page).toContain(line)
  })

  it('of the event loop and of garbage collection come with every registry', async () => {
    const page = await createRegistry('ingest').metrics()
    for (const name of ['eventloop_lag_p50_seconds', 'eventloop_lag_p99_seconds', 'eventloop_lag_max_seconds'])
      expect(page).toContain(`nodejs_${name}{service="ingest"}`)
    expect(page).toContain('# TYPE nodejs_gc_duration_seconds histogram')
  })
})

it('a bounded label keeps its first values, and calls all others `other`', () => {
  const bound = boundLabel(2)
  expect(['a', 'b', 'c', 'a', 'd'].map(bound)).toEqual(['a', 'b', 'other', 'a', 'other'])
})

it('the page has a line for each metric of Cordon, by name, and none of the library’s', async () => {
  const registry = createRegistry('ingest')
  registerQueues(registry, {})
  createDenseHistogram({ registry, ...OPTIONS })
  const page = await renderMetricsPage('ingest', registry)
  expect(page.match(/^\| `\w+`/gm)).toEqual([
    '| `cordon_lag_seconds`',
    '| `cordon_queue_length`',
    '| `cordon_queue_limit`',
  ])
  expect(page).toMatch(/\| `cordon_queue_limit` +\| gauge +\| `queue` +\| What the queue holds at most/)
})
