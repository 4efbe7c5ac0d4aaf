import { expect, test } from 'vitest'
import { hoursWords } from './condition-words.ts'

const london = { timeZone: 'Europe/London' }

test('hours of every day need no days', () => {
  const weekly = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const, from: '19:00', to: '07:00' }]
  expect(hoursWords({ ...london, weekly: weekly.map(window => ({ ...window, days: [...window.days] })) })).toBe(
    '19:00 to 07:00',
  )
})

test('a run of days is shortened, single days are listed', () => {
  expect(
    hoursWords({
      ...london,
      weekly: [
        { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' },
        { days: ['sun', 'wed'], from: '10:00', to: '12:00' },
      ],
      exceptions: [{ date: '2026-12-25', from: '00:00', to: '23:59', applies: false }],
    }),
  ).toBe('Mon to Fri 09:00 to 17:00 and Wed, Sun 10:00 to 12:00 (1 dated exception)')
})
