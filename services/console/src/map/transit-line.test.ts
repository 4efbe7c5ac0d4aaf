import type { TrackFeature } from '@cordon/contract'
import { expect, test } from 'vitest'
import { anIncident } from '../incidents/incident-builder.ts'
import { transitLine } from './transit-line.ts'

const start = Date.parse('2026-11-22T06:00:00Z')

function aFix(minute: number): TrackFeature {
  const time = new Date(start + minute * 60_000).toISOString()
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [-0.9 + minute / 100, 52.2] },
    properties: {
      ...{ time, receivedAt: time, activationId: '21', seq: minute, accuracy: 8, source: 'gnss' },
      ...{ speed: null, heading: null, satellites: null, hdop: null, battery: null },
    },
  }
}
const track = [aFix(0), aFix(1), aFix(2), aFix(3)]
const identity = (minute: number) => `${start + minute * 60_000}/${minute}`
const aTransit = (...minutes: number[]) => {
  const { reason } = anIncident()
  return anIncident({ kind: 'possible-transit', reason: { ...reason, fixes: minutes.map(identity) } })
}

test('a possible transit is the line between its two fixes', () => {
  const [line] = transitLine(aTransit(1, 2), track).features
  expect(line?.geometry.coordinates).toEqual([aFix(1), aFix(2)].map(({ geometry }) => geometry.coordinates))
})

test('of more fixes the last two count', () => {
  expect(transitLine(aTransit(0, 2, 3), track).features[0]?.geometry.coordinates[0]).toEqual([-0.88, 52.2])
})

test('without both of its fixes in the track, and for any other incident, nothing is drawn', () => {
  expect(transitLine(aTransit(3, 9), track).features).toEqual([])
  const other = { ...aTransit(1, 2), kind: 'exclusion-breach' } as const
  expect(transitLine(other, track).features).toEqual([])
  expect(transitLine(undefined, track).features).toEqual([])
})
