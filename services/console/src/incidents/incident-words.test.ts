import type { Conclusion, Incident, IncidentKind } from '@cordon/contract'
import { INCIDENT_KINDS } from '@cordon/contract'
import { expect, test } from 'vitest'
import { anIncident } from './incident-builder.ts'
import { reasonFacts } from './incident-reasons.tsx'
import { timelineEntries } from './incident-timeline.tsx'
import { detailOf, endingWords, lateWords } from './incident-words.ts'
import { titleOf } from './words.ts'

const at = (time: string) => Date.parse(`2026-11-22T${time}:00Z`)
const now = at('06:40')
const hours = { from: Date.parse('2026-11-21T19:00:00Z'), to: at('07:00') }

/** Of a device: nothing in it of a zone, a circle or a distance. */
function ofDevice(over: Partial<Incident>, reason: Partial<Incident['reason']> = {}): Incident {
  const { zoneId: _id, zoneName: _name, zoneVersion: _version, conditionId: _condition, ...rest } = anIncident()
  const own = { text: 'The tag says so.', fixes: [], policyVersion: 1, entries: 1, beganAt: at('06:02') }
  return { ...rest, happenedAt: '2026-11-22T06:02:00.000Z', reason: { ...own, ...reason }, ...over }
}
const ofZone = (kind: IncidentKind, over: Partial<Incident> = {}) => anIncident({ kind, zoneName: 'Home', ...over })

test.each([
  [ofZone('exclusion-breach'), 'Inside “Home”'],
  [ofZone('exclusion-breach', { endedAt: '2026-11-22T06:35:00Z' }), 'Was inside “Home”'],
  [ofZone('buffer-entry'), 'Close to “Home”'],
  [ofZone('restriction-breach'), 'Outside “Home”'],
  [
    ofZone('inclusion-absence', { reason: { ...anIncident().reason, hours, entries: 2 } }),
    'Away from “Home”, hours 19:00 to 07:00, 2 times',
  ],
  [ofZone('possible-transit', { certainty: 'possible' }), 'Through “Home” about 06:29, no fix inside'],
  [ofDevice({ kind: 'silence' }), 'Nothing heard since 06:02'],
  [ofDevice({ kind: 'silence', endedAt: '2026-11-22T06:31:00Z' }), 'Nothing heard from 06:02 to 06:31'],
  [ofDevice({ kind: 'battery' }, { emptyAt: at('07:20') }), 'Will be empty about 07:20'],
  [ofDevice({ kind: 'battery' }, { emptyAt: at('06:20') }), 'Was to be empty about 06:20'],
  [ofDevice({ kind: 'battery' }, { text: 'The battery is low at 9 %.' }), 'The battery is low at 9 %.'],
  [ofDevice({ kind: 'strap-tamper' }, { entries: 3 }), 'Strap cut or opened at 06:02, 3 times'],
  [ofDevice({ kind: 'case-tamper' }), 'Case opened at 06:02'],
  [ofDevice({ kind: 'power-off' }), 'Switched off at 06:02'],
  [ofDevice({ kind: 'jamming' }), 'Signals jammed or shielded at 06:02'],
])('the line of %o is %s', (incident, words) => {
  expect(detailOf(incident, now)).toBe(words)
})

test('a silence of yesterday says of which day', () => {
  const incident = ofDevice({ kind: 'silence' }, { beganAt: Date.parse('2026-11-21T22:10:00Z') })
  expect(detailOf(incident, now)).toBe('Nothing heard since 21 Nov, 22:10')
})

const ended = (kind: IncidentKind, conclusion?: Conclusion) =>
  (/breach|entry|absence|transit/.test(kind)
    ? ofZone
    : (one: IncidentKind, over: Partial<Incident>) => ofDevice({ kind: one, ...over }))(kind, {
    endedAt: '2026-11-22T06:35:00Z',
    ...(conclusion && { conclusion }),
  })

test.each([
  [ended('exclusion-breach', 'left'), 'Left 06:35'],
  [ended('inclusion-absence', 'left'), 'Came back 06:35'],
  [ended('restriction-breach', 'left'), 'Came back 06:35'],
  [ended('possible-transit', 'left'), 'Passed 06:35'],
  [ended('inclusion-absence', 'lapsed'), 'Ended by the clock 06:35: its hours or the condition no longer hold'],
  [ended('silence', 'lapsed'), 'Ended by the clock 06:35: a reason is known since'],
  [ended('silence', 'restored'), 'Reports again 06:35'],
  [ended('strap-tamper', 'restored'), 'Strap closed again 06:35'],
  [ended('battery', 'restored'), 'Charging or charged again 06:35'],
  [ended('power-off', 'restored'), 'On again 06:35'],
  [ended('exclusion-breach', 'unconfirmed'), 'Ended 06:35: never confirmed'],
  [ended('buffer-entry', 'joined'), 'Became part of another incident 06:35'],
  [ended('exclusion-breach', 'disproved'), 'Proved wrong by later fixes'],
  [ended('strap-tamper', 'disproved'), 'Proved wrong by later reports'],
  [ended('exclusion-breach'), 'Ended 06:35'],
])('%o is told to have come to its end: %s', (incident, words) => {
  expect(endingWords(incident, now)).toBe(words)
})

test('what goes on has no ending', () => {
  expect(endingWords(anIncident(), now)).toBeUndefined()
})

test('what was told late has both its clocks, and what was not has no such line', () => {
  const incident = anIncident({ late: true, happenedAt: '2026-11-22T02:14:10Z', receivedAt: '2026-11-22T03:05:40Z' })
  expect(lateWords(incident, now)).toBe('late: happened 02:14, received 03:05')
  expect(lateWords(anIncident(), now)).toBeUndefined()
})

test('what is only suspected says so once', () => {
  expect(titleOf({ kind: 'inclusion-absence', certainty: 'possible' })).toBe('Possible inclusion zone absence')
  expect(titleOf({ kind: 'jamming', certainty: 'possible' })).toBe('Jamming suspected')
})

test.each(INCIDENT_KINDS)('the reasons of %s hold no figure that was not given', kind => {
  const facts = reasonFacts({ incident: ofDevice({ kind }), nowMs: now })
  const told = facts.filter(([, value]) => value !== undefined && value !== false && value !== '')
  expect(told).toEqual([['Policy', 'version 1']])
})

test('an absence says what its figures mean for a zone to stay in', () => {
  const reason = {
    ...anIncident().reason,
    hours,
    insideMs: 12 * 60_000,
    extentM: 340,
    greatestDepthM: 1_240,
    entries: 2,
  }
  const facts = Object.fromEntries(reasonFacts({ incident: ofZone('inclusion-absence', { reason }), nowMs: now }))
  expect(facts).toMatchObject({
    'Hours judged by': '19:00 to 07:00',
    'Time away': '12 min, when last told',
    'Furthest away': '1.2 km',
    'Times away': 2,
    Extent: '340 m across',
  })
})

test('on the timeline what was proved wrong stands above what was done before', () => {
  const incident = ended('exclusion-breach', 'disproved')
  const note = { id: '5', incidentId: '1', type: 'note', text: 'Rang', by: 'sam', at: '2026-11-22T06:33:00Z' } as const
  expect(timelineEntries(incident, [note]).map(({ text }) => text)).toEqual([
    'Proved wrong by later fixes',
    'Note by sam: Rang',
    'Raised',
    'Exclusion zone entry',
  ])
})

test('on the timeline what came late has when it was received, and an end its manner', () => {
  const incident = { ...ended('inclusion-absence', 'left'), late: true }
  expect(timelineEntries(incident, []).map(({ text }) => text)).toEqual([
    'Came back',
    'Raised late',
    'Received, late',
    'Inclusion zone absence',
  ])
})
