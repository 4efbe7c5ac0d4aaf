import type { Condition, Pass, Zone } from '@cordon/contract'
import { expect, test } from 'vitest'
import { conditionLine, hoursWords } from './condition-words.ts'

const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const curfew = { timeZone: 'Europe/London', weekly: [{ days: [...everyDay], from: '19:00', to: '07:00' }] }
const now = Date.parse('2026-11-22T20:00:00Z')

test('hours of every day say so, with their time zone', () => {
  expect(hoursWords(curfew)).toBe('19:00-07:00 every day, Europe/London')
})

test('a run of days is shortened, single days are listed, exceptions are told', () => {
  expect(
    hoursWords({
      timeZone: 'Europe/London',
      weekly: [
        { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' },
        { days: ['sun', 'wed'], from: '10:00', to: '12:00' },
      ],
      exceptions: [{ date: '2026-12-25', from: '00:00', to: '23:59', applies: false }],
    }),
  ).toBe('09:00-17:00 Mon to Fri and 10:00-12:00 Wed, Sun (2026-12-25 00:00-23:59 not), Europe/London')
})

test('of many exceptions the first are told and the rest counted', () => {
  const exceptions = ['01', '02', '03', '04', '05'].map(day => ({
    ...{ date: `2026-12-${day}`, from: '10:00', to: '11:00', applies: true },
  }))
  expect(hoursWords({ ...curfew, exceptions })).toContain('2026-12-03 10:00-11:00 too; 2 more dated)')
})

const condition: Condition = {
  ...{ id: '1', orderId: '2', zoneId: '3', wearerId: '4', hours: curfew, priority: 0 },
  ...{ from: '2026-11-01T00:00:00Z', createdAt: '2026-11-01T00:00:00Z' },
}
const zone: Zone = {
  ...{ id: '3', version: 1, name: 'Home address', kind: 'inclusion', buffer: 0 },
  ...{ geometry: { type: 'Circle', center: [-0.9, 52.2], radius: 150 }, from: condition.from, createdBy: 'priya' },
}
const aPass = (over: Partial<Pass>): Pass => ({
  ...{ id: '9', conditionId: '1', from: '2026-11-22T18:00:00Z', to: '2026-11-22T21:30:00Z', reason: 'Hospital' },
  ...{ createdBy: 'priya', createdAt: '2026-11-20T00:00:00Z', ...over },
})

test('a condition is told with its passes, of which those that are over are left out', () => {
  const passes = [
    aPass({}),
    aPass({ id: '10', to: '2026-11-22T19:00:00Z' }),
    aPass({ id: '11', from: '2026-11-23T20:00:00Z', to: '2026-11-23T22:00:00Z', corridor: zone.geometry }),
  ]
  expect(conditionLine({ condition, zone, passes }, now)).toEqual({
    id: '1',
    kind: 'Inclusion',
    zone: 'Home address',
    hours: '19:00-07:00 every day, Europe/London',
    passes: ['Pass now, until 21:30: Hospital', 'Pass 23 Nov, 20:00 to 23 Nov, 22:00, along a corridor: Hospital'],
  })
})

test('buffer, priority and dates are told where there are any; without hours it holds at all times', () => {
  const { hours: _hours, ...always } = condition
  const line = conditionLine(
    {
      condition: { ...always, priority: 5, from: '2026-11-23T08:00:00Z', to: '2026-12-01T08:00:00Z' },
      zone: { ...zone, kind: 'exclusion', buffer: 100 },
      passes: [],
    },
    now,
  )
  expect(line).toMatchObject({
    kind: 'Exclusion',
    zone: 'Home address, buffer 100 m, priority 5, from 23 Nov, 08:00, until 1 Dec, 08:00',
    hours: 'at all times',
  })
})
