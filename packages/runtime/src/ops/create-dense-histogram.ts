import type { Registry } from 'prom-client'

export interface DenseHistogramOptions {
  readonly registry: Registry
  readonly name: string
  readonly help: string
  /** Upper bounds, rising. */
  readonly buckets: readonly number[]
}

export interface DenseHistogram {
  readonly observe: (value: number) => void
}

interface Sample {
  readonly metricName: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/**
 * A histogram without labels for what happens thousands of times a second: two array cells are written for each value, where
 * prom-client's own looks up its labels and a bucket by name (28 to 70 ns against 440 to 600 ns, on two noisy cores).
 * It reads like any other at the scrape.
 */
export function createDenseHistogram({ registry, name, help, buckets }: DenseHistogramOptions): DenseHistogram {
  const bounds = Float64Array.from(buckets)
  const counts = new Float64Array(buckets.length + 1)
  let sum = 0
  const read = () => ({
    name,
    help,
    type: 'histogram',
    values: samplesOf(name, bounds, counts, sum),
    aggregator: 'sum',
  })
  // What a registry asks of a metric is its name and its samples; its type names the library's own classes only.
  const metric: unknown = { name, help, labelNames: [], get: async () => read() }
  registry.registerMetric(metric as Parameters<Registry['registerMetric']>[0])
  return {
    observe: value => {
      let place = 0
      while (place < bounds.length && value > (bounds[place] ?? Infinity)) place++
      counts[place] = (counts[place] ?? 0) + 1
      sum += value
    },
  }
}

function samplesOf(name: string, bounds: Float64Array, counts: Float64Array, sum: number): readonly Sample[] {
  let total = 0
  const samples: Sample[] = []
  for (const [place, count] of counts.entries()) {
    total += count
    const le = place < bounds.length ? String(bounds[place]) : '+Inf'
    samples.push({ metricName: `${name}_bucket`, labels: { le }, value: total })
  }
  const of = (suffix: string, value: number): Sample => ({ metricName: `${name}_${suffix}`, labels: {}, value })
  return [...samples, of('sum', sum), of('count', total)]
}
