import type { Zone } from '@cordon/contract'
import { expect, test } from 'vitest'
import { anIncident } from '../incidents/incident-builder.ts'
import { statusesOf } from '../incidents/wearer-status.ts'
import { accuracyFeatures, alertFeatures, markedWearers } from './alert-features.ts'
import { createTagTable } from './tag-table.ts'
import { bufferFeatures, zoneFeatures, zoneNameFeatures } from './zone-features.ts'

const now = Date.parse('2026-11-22T06:32:00Z')

function aZone(over: Partial<Zone> = {}): Zone {
  return {
    id: '41',
    version: 1,
    name: 'Victim address',
    kind: 'exclusion',
    geometry: { type: 'Circle', center: [-0.9, 52.26], radius: 900 },
    buffer: 300,
    from: '2026-11-01T00:00:00Z',
    createdBy: 'priya',
    ...over,
  }
}

function tableWith(...wearerIds: string[]) {
  const table = createTagTable()
  for (const [index, wearerId] of wearerIds.entries()) {
    table.upsert({
      activationId: `a${wearerId}`,
      wearerId,
      measuredAtMs: now - 12_000,
      lat: 52.25,
      lon: -0.9 + index / 100,
      accuracyM: index === 0 ? 8 : undefined,
    })
  }
  return table
}

test('the selected wearer and those with an incident are marked once, with the age of their position', () => {
  const incidents = [anIncident({ wearerId: '1' }), anIncident({ id: '2', wearerId: '2', severity: 'warning' })]
  const marked = markedWearers(tableWith('1', '2', '3'), incidents, { wearerId: '1', name: 'Daniel Ellis' })
  const { features } = alertFeatures(marked, now)
  expect(features.map(({ properties }) => [properties.label, properties.selected])).toEqual([
    ['Daniel Ellis, 12 s ago', true],
    ['Daniel Ellis, 12 s ago', false],
  ])
  expect(accuracyFeatures(marked).features).toHaveLength(1)
})

test('a position that is old says so and is never drawn as live', () => {
  const marked = markedWearers(tableWith('1'), [anIncident({ wearerId: '1' })], undefined)
  const [feature] = alertFeatures(marked, now + 20 * 60_000).features
  expect(feature?.properties).toMatchObject({ age: 'lost', label: 'Daniel Ellis, last seen 20 min ago' })
})

test('closed incidents, messages and what was proved wrong mark nobody', () => {
  const incidents = [
    anIncident({ wearerId: '1', state: 'closed' }),
    anIncident({ wearerId: '2', severity: 'message' }),
    anIncident({ wearerId: '2', conclusion: 'disproved' }),
  ]
  expect(markedWearers(tableWith('1', '2'), incidents, undefined)).toEqual([])
})

test('the worst open incident of a wearer decides the status, whatever the order', () => {
  const warning = anIncident({ id: '1', severity: 'warning' })
  const breach = anIncident({ id: '2', severity: 'serious' })
  for (const order of [
    [warning, breach],
    [breach, warning],
  ]) {
    expect(statusesOf(order)('11')).toBe('breach')
  }
  expect(statusesOf([warning])('11')).toBe('warning')
  expect(statusesOf([anIncident({ state: 'closed' })])('11')).toBe('compliant')
  expect(statusesOf([anIncident({ conclusion: 'disproved' })])('11')).toBe('compliant')
})

test('a circle is drawn with its radius and its buffer with both', () => {
  const reach = (features: { geometry: { coordinates: number[][][] } }[]) =>
    Math.max(...(features[0]?.geometry.coordinates[0] ?? []).map(([, lat = 0]) => lat)) - 52.26
  expect(reach(zoneFeatures([aZone()]).features) * 111_195).toBeCloseTo(900, 0)
  expect(reach(bufferFeatures([aZone()]).features) * 111_195).toBeCloseTo(1200, 0)
})

test('a zone without a buffer has no ring, a multipolygon one for each part', () => {
  const square = (lon: number) => [
    [
      [lon, 52.2],
      [lon + 0.01, 52.2],
      [lon + 0.01, 52.21],
      [lon, 52.21],
      [lon, 52.2],
    ],
  ]
  const parts = aZone({ geometry: { type: 'MultiPolygon', coordinates: [square(-0.9), square(-0.8)] } })
  expect(bufferFeatures([aZone({ buffer: 0 })]).features).toEqual([])
  expect(zoneFeatures([parts]).features).toHaveLength(2)
  expect(bufferFeatures([parts]).features).toHaveLength(2)
})

test('each zone is named once with its kind in words, at its northern end', () => {
  const zones = [aZone(), aZone({ id: '42', kind: 'interest', name: 'Retail park' })]
  const { features } = zoneNameFeatures(zones)
  expect(features.map(({ properties }) => properties.label)).toEqual([
    'Exclusion: Victim address',
    'Interest: Retail park',
  ])
  const lat = features[0]?.geometry.coordinates[1] ?? 0
  expect((lat - 52.26) * 111_195).toBeCloseTo(900, 0)
})
