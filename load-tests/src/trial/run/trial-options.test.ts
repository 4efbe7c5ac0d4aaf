import { describe, expect, it } from 'vitest'
import { parseTrialOptions } from './trial-options.ts'

describe('parseTrialOptions', () => {
  it('runs a hundred seeds, and few when it has to be quick', () => {
    expect(parseTrialOptions([]).seeds).toBe(100)
    expect(parseTrialOptions(['--quick']).seeds).toBeLessThan(10)
    expect(parseTrialOptions(['--quick', '--seeds', '20'])).toMatchObject({ seeds: 20, isQuick: true })
  })

  it.each([
    ['--seeds', '0'],
    ['--seeds', 'many'],
    ['--threads', '1.5'],
  ])('does not take %s %s', (name, value) => {
    expect(() => parseTrialOptions([name, value])).toThrow(name)
  })
})
