import type { Incident } from '@cordon/contract'
import { expect, test } from 'vitest'
import { anIncident } from './incident-builder.ts'
import { collapseLate } from './late-groups.ts'
import { compareIncidents } from './queue-order.ts'

const minute = (n: number) => new Date(Date.UTC(2026, 10, 22, 6, n)).toISOString()
const none: ReadonlySet<string> = new Set()

/** Late ones that are over, raised within a second of each other. */
const lateOnes = (count: number, over: Partial<Incident> = {}, firstId = 100) =>
  Array.from({ length: count }, (_, i) =>
    anIncident({
      id: String(firstId + i),
      ...{ late: true, raisedAt: minute(30), happenedAt: minute(i), endedAt: minute(i + 1), conclusion: 'left' },
      ...over,
    }),
  )
const linesOf = (incidents: readonly Incident[], open: ReadonlySet<string> = none, selectedId?: string) =>
  collapseLate(incidents.toSorted(compareIncidents), open, selectedId)
const shown = (lines: ReturnType<typeof linesOf>) =>
  lines.map(line => (line.type === 'group' ? `group of ${line.group.incidents.length}` : line.incident.id))

test('ten late ones are ten rows, eleven of one zone are one', () => {
  expect(shown(linesOf(lateOnes(10)))).toHaveLength(10)
  const lines = linesOf(lateOnes(11))
  expect(shown(lines)).toEqual(['group of 11'])
  const [line] = lines
  expect(line?.type === 'group' && line.group).toMatchObject({
    severity: 'critical',
    zoneName: 'Victim address, Kingsthorpe',
    fromMs: Date.parse(minute(0)),
    toMs: Date.parse(minute(10)),
  })
})

test('what came in time, what still goes on and what somebody has taken is never in a group', () => {
  const live = anIncident({ id: '1', raisedAt: minute(31) })
  const goesOn = anIncident({ id: '2', late: true, raisedAt: minute(30) })
  const taken = anIncident({ id: '3', late: true, endedAt: minute(29), state: 'acknowledged', raisedAt: minute(30) })
  expect(shown(linesOf([...lateOnes(50), live, goesOn, taken]))).toEqual(['2', '3', '1', 'group of 50'])
})

test('of many zones they are one group of their kind', () => {
  const everywhere = lateOnes(30).map((incident, i) => ({ ...incident, zoneId: String(1000 + i) }))
  const lines = linesOf([...everywhere, ...lateOnes(12, { zoneId: '7', zoneName: 'Market' }, 500)])
  expect(shown(lines).toSorted()).toEqual(['group of 12', 'group of 30'])
})

test('those of another time are another group, and few of them are none', () => {
  const before = lateOnes(3, { raisedAt: minute(5) }, 500)
  expect(shown(linesOf([...before, ...lateOnes(20)])).toSorted()).toEqual(['500', '501', '502', 'group of 20'])
})

test('a group stands below all of its worst severity and above what is less', () => {
  const [critical, serious] = [anIncident({ id: '1' }), anIncident({ id: '2', severity: 'serious' })]
  expect(shown(linesOf([serious, ...lateOnes(20), critical]))).toEqual(['1', 'group of 20', '2'])
})

test('an opened group shows its incidents, the worst and then the newest first; more that come leave it open', () => {
  const lines = linesOf(lateOnes(11))
  const key = lines[0]?.type === 'group' ? lines[0].group.key : ''
  const opened = linesOf(lateOnes(12), new Set([key]))
  expect(shown(opened).slice(0, 3)).toEqual(['group of 12', '111', '110'])
  expect(opened).toHaveLength(13)
})

test('the group of the selected incident is open', () => {
  expect(shown(linesOf(lateOnes(11), none, '105'))).toContain('105')
})
