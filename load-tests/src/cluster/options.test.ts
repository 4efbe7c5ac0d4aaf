import { describe, expect, it } from 'vitest'
import { readClusterOptions } from './options.ts'

describe('options of the cluster run', () => {
  it('are the large ones, and the small ones of --quick, unless said otherwise', () => {
    expect(readClusterOptions([])).toMatchObject({ tags: 500, rate: 400, leaseMs: 10_000, isQuick: false })
    expect(readClusterOptions(['--quick', '--lease', '3'])).toMatchObject({ tags: 60, leaseMs: 3_000, isQuick: true })
    expect(readClusterOptions(['--throughput', '--dir', 'x'])).toMatchObject({ isThroughput: true, dir: 'x' })
  })

  it.each([
    [['--tags', '2']],
    [['--rate', 'fast']],
    [['--quick', 'yes']],
    [['--what']],
    [['--throughput', '--quick']],
    [['--throughput', '--rate', '5']],
  ])('refuse %j', args => {
    expect(() => readClusterOptions(args)).toThrow()
  })
})
