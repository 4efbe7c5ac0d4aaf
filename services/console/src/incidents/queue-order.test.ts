import { expect, test } from 'vitest'
import { dueAtMs, isCalling } from './due.ts'
import { anIncident } from './incident-builder.ts'
import { belongsTo, compareIncidents, freezeQueue } from './queue-order.ts'

const raised = (id: string, raisedAt: string) => anIncident({ id, raisedAt: `2026-11-22T${raisedAt}.000Z` })

test.each([
  ['critical', 60],
  ['serious', 180],
  ['warning', 600],
] as const)('a %s incident is due %i s after it was raised', (severity, seconds) => {
  const incident = anIncident({ severity })
  expect(dueAtMs(incident)).toBe(Date.parse(incident.raisedAt) + seconds * 1000)
})

test('a message has no limit', () => {
  expect(dueAtMs(anIncident({ severity: 'message' }))).toBeUndefined()
})

test('the queue is by severity, then by due time', () => {
  const late = raised('1', '06:31:00')
  const early = raised('2', '06:30:00')
  const warning = anIncident({ id: '3', severity: 'warning', raisedAt: '2026-11-22T05:00:00.000Z' })
  expect([warning, late, early].toSorted(compareIncidents).map(({ id }) => id)).toEqual(['2', '1', '3'])
})

test('equal incidents keep one order: by number, not by text', () => {
  const order = [raised('10', '06:30:00'), raised('9', '06:30:00')].toSorted(compareIncidents)
  expect(order.map(({ id }) => id)).toEqual(['9', '10'])
})

test('new, mine and waiting share out what is not closed', () => {
  const open = anIncident()
  const mine = anIncident({ state: 'acknowledged', owner: 'priya' })
  const theirs = anIncident({ state: 'escalated', owner: 'sam' })
  const closed = anIncident({ state: 'closed', owner: 'priya' })
  const tabsOf = (incident: typeof open) =>
    (['new', 'mine', 'waiting', 'all'] as const).filter(tab => belongsTo(tab, incident, 'priya'))
  expect(tabsOf(open)).toEqual(['new', 'all'])
  expect(tabsOf(mine)).toEqual(['mine', 'all'])
  expect(tabsOf(theirs)).toEqual(['waiting', 'all'])
  expect(tabsOf(closed)).toEqual([])
})

test('a frozen queue holds back what would appear above the active row, and counts it', () => {
  const [first, second, third] = [raised('1', '06:30:00'), raised('2', '06:31:00'), raised('3', '06:32:00')]
  const earlier = raised('4', '06:29:00')
  const later = raised('5', '06:33:00')
  const sorted = [earlier, first, second, later]
  const frozen = freezeQueue(
    [first, second, third].map(({ id }) => id),
    sorted,
    '2',
  )
  expect(frozen.incidents.map(({ id }) => id)).toEqual(['1', '2', '5'])
  expect(frozen.newAbove).toBe(1)
})

test('2,000 incidents are sorted in the same order whatever order they came in', () => {
  const many = Array.from({ length: 2000 }, (_, index) =>
    anIncident({
      id: String(index),
      raisedAt: new Date(Date.UTC(2026, 10, 22, 6, 0, (index * 7) % 1999)).toISOString(),
    }),
  )
  const ids = (list: typeof many) => list.toSorted(compareIncidents).map(({ id }) => id)
  expect(ids(many)).toEqual(ids(many.toReversed()))
})

test('what was proved wrong has no limit, calls nobody, and goes below all that may be true until somebody has it', () => {
  const wrong = anIncident({ id: '1', conclusion: 'disproved' })
  const message = anIncident({ id: '2', severity: 'message' })
  const wrongTaken = anIncident({ id: '3', conclusion: 'disproved', state: 'acknowledged', owner: 'priya' })
  expect(dueAtMs(wrong)).toBeUndefined()
  expect([wrong, wrongTaken].map(isCalling)).toEqual([false, false])
  expect(belongsTo('new', wrong, 'priya')).toBe(true)
  expect([wrong, message, wrongTaken].toSorted(compareIncidents).map(({ id }) => id)).toEqual(['3', '2', '1'])
})
