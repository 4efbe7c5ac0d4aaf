import { expect, test } from 'vitest'
import { clockTime, countdown, durationWords, momentWords, zoneAbbreviation } from './time-words.ts'

test('times are shown in London, winter and summer', () => {
  const winter = Date.parse('2026-11-22T06:32:30Z')
  const summer = Date.parse('2026-07-22T06:32:30Z')
  expect([clockTime(winter), zoneAbbreviation(winter)]).toEqual(['06:32:30', 'GMT'])
  expect([clockTime(summer), zoneAbbreviation(summer)]).toEqual(['07:32:30', 'BST'])
})

test('another day is named', () => {
  const now = Date.parse('2026-11-22T00:10:00Z')
  expect(momentWords(now - 20 * 60_000, now)).toBe('21 Nov, 23:50:00')
  expect(momentWords(now, now)).toBe('00:10:00')
})

test.each([
  [59_999, '59 s'],
  [60_000, '1 min'],
  [2 * 3600_000 + 14 * 60_000, '2 h 14 min'],
  [47 * 3600_000, '47 h'],
  [72 * 3600_000, '3 days'],
])('%i ms is %s', (durationMs, words) => {
  expect(durationWords(durationMs)).toBe(words)
})

test.each([
  [60_000, '1:00'],
  [38_400, '0:38'],
  [-900, '0:00'],
  [-(49 * 60_000 + 49_000), '−49:49'],
  [-(3600_000 + 7 * 60_000 + 36_000), '−1:07:36'],
])('%i ms left reads %s', (leftMs, words) => {
  expect(countdown(leftMs)).toBe(words)
})
