import { describe, expect, it } from 'vitest'
import type { Sighting } from './memory.ts'
import { clockText, doubtText, insideText, nearMissText, unconfirmedText } from './text.ts'

const sighting: Sighting = {
  at: 0,
  distanceM: -12.4,
  accuracyM: 40.4,
  accuracyAssumed: false,
  probability: 0.8,
  zoneVersion: 1,
  policyVersion: 1,
  receivedAt: 0,
  hours: { from: null, to: null },
}
const said = { kind: 'exclusion-breach', sighting, probability: 0.8 } as const

describe('what is said to the operator', () => {
  it('is one sentence that begins with what is new', () => {
    expect(insideText([], said)).toBe('Inside the exclusion zone: 12 m inside the boundary, circle 40 m, P = 0.80.')
    expect(insideText(['entry 2'], said)).toMatch(/^Entry 2, inside the exclusion zone: /)
  })

  it('names an assumed circle and a certain or unlikely thing as such', () => {
    const assumed = { ...said, sighting: { ...sighting, accuracyAssumed: true, distanceM: 3 } }
    expect(insideText([], { ...assumed, probability: 0.995 })).toContain(
      '3 m outside the boundary, circle 40 m (assumed), P > 0.99',
    )
    expect(insideText([], { ...said, probability: 0.001 })).toContain('P < 0.01')
  })

  it('says how old the last fix is, in seconds, minutes and hours', () => {
    const spans = [0, 40, 119, 120, 720, 7_199, 7_200, 11_100].map(seconds => {
      const text = clockText(said, seconds * 1_000)
      return text.slice(text.indexOf('last fix') + 8, text.indexOf(' 12 m inside'))
    })
    expect(spans).toEqual([
      '',
      ', 40 s before',
      ', 119 s before',
      ', 2 min before',
      ', 12 min before',
      ', 2 h before',
      ', 2 h before',
      ', 3 h 5 min before',
    ])
  })

  it('counts', () => {
    expect(unconfirmedText(1, 'Left.')).toMatch(/^Never confirmed: 1 fix past/)
    expect(unconfirmedText(3, 'Left.')).toMatch(/^Never confirmed: 3 fixes past/)
    expect(doubtText(sighting, 900_000, 0.5)).toMatch(/^Nothing past the boundary for 15 min: /)
    const near = { from: 0, to: 0, restsOn: 1, sighting, ringProbability: 0.3 }
    expect(nearMissText({ ...near, fixes: 1, ofBuffer: false })).toMatch(/^1 fix 12 m .* of a breach\.$/)
    expect(nearMissText({ ...near, fixes: 2, ofBuffer: true })).toMatch(
      /^2 fixes, the likeliest 12 m .* of the buffer or past it\.$/,
    )
  })
})
