import { expect, test } from 'vitest'
import { ageClass } from './staleness.ts'
import { decodeLook, encodeLook } from './tag-status.ts'

const now = Date.parse('2026-11-22T06:30:00Z')
const minutes = (count: number) => now - count * 60_000

test.each([
  [0, 'live'],
  [5, 'live'],
  [5.02, 'stale'],
  [15, 'stale'],
  [15.02, 'lost'],
  [600, 'lost'],
] as const)('a position of %d minutes is %s', (age, expected) => {
  expect(ageClass(minutes(age), now)).toBe(expected)
})

test('status and age survive the byte that the shader reads', () => {
  for (const status of ['compliant', 'warning', 'breach'] as const) {
    for (const age of ['live', 'stale', 'lost'] as const) {
      expect(decodeLook(encodeLook(status, age))).toEqual({ status, age })
    }
  }
})
