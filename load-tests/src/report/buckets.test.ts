import { describe, expect, it } from 'vitest'
import { interpolate, readBuckets, since } from './buckets.ts'

const TEXT = `# HELP lag_seconds From here to there
# TYPE lag_seconds histogram
lag_seconds_bucket{le="0.1",service="ingest"} 50
lag_seconds_bucket{le="0.2",service="ingest"} 90
lag_seconds_bucket{le="+Inf",service="ingest"} 100
lag_seconds_sum{service="ingest"} 12.5
other_lag_seconds_bucket{le="0.1",service="ingest"} 7
`

describe('buckets', () => {
  it('reads one histogram out of many lines', () => {
    expect(readBuckets(TEXT, 'lag_seconds')).toEqual([
      { atMost: 0.1, count: 50 },
      { atMost: 0.2, count: 90 },
      { atMost: Number.POSITIVE_INFINITY, count: 100 },
    ])
    expect(readBuckets(TEXT, 'nothing')).toEqual([])
  })

  it('places a percentile evenly within its bucket', () => {
    const buckets = readBuckets(TEXT, 'lag_seconds')
    expect(interpolate(buckets, 0.25)).toBeCloseTo(0.05)
    expect(interpolate(buckets, 0.5)).toBeCloseTo(0.1)
    expect(interpolate(buckets, 0.7)).toBeCloseTo(0.15)
  })

  it('gives the last finite bound for what lies beyond it, and nothing for no observations', () => {
    expect(interpolate(readBuckets(TEXT, 'lag_seconds'), 0.99)).toBe(0.2)
    expect(interpolate([], 0.5)).toBeNaN()
  })

  it('counts what came between two readings', () => {
    const before = readBuckets(TEXT, 'lag_seconds')
    const after = before.map(bucket => ({ ...bucket, count: bucket.count * 2 }))
    expect(since(before, after)).toEqual(before)
  })
})
