import { describe, expect, it } from 'vitest'
import { parseTrialOptions } from './trial-options.ts'

describe('parseTrialOptions', () => {
  it('runs a hundred seeds, and ten when it has to be quick', () => {
    expect(parseTrialOptions([]).seeds).toBe(100)
    expect(parseTrialOptions(['--quick'])).toMatchObject({ seeds: 10, isQuick: true, settings: {} })
    expect(parseTrialOptions(['--quick', '--seeds', '20'])).toMatchObject({ seeds: 20, isQuick: true })
  })

  it('tries settings without a report', () => {
    const { settings, isQuick } = parseTrialOptions(['--set', 'accuracyFactor=2', '--set', 'looksToConfirm=1.8'])
    expect({ settings, isQuick }).toEqual({ settings: { accuracyFactor: 2, looksToConfirm: 1.8 }, isQuick: true })
    expect(() => parseTrialOptions(['--set', 'acuracyFactor=2'])).toThrow('acuracyFactor')
  })

  it.each([
    ['--seeds', '0'],
    ['--seeds', 'many'],
    ['--threads', '1.5'],
  ])('does not take %s %s', (name, value) => {
    expect(() => parseTrialOptions([name, value])).toThrow(name)
  })
})
