import type { TrackFeature } from '@cordon/contract'
import { expect, test } from 'vitest'
import { gapClass, trackLines } from './track-gaps.ts'

function aFix(minute: number, activationId = '1'): TrackFeature {
  const time = new Date(Date.UTC(2026, 10, 22, 6, 0) + minute * 60_000).toISOString()
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [-0.9 + minute / 1000, 52.24] },
    properties: {
      time,
      receivedAt: time,
      activationId,
      seq: minute,
      accuracy: 8,
      source: 'gnss',
      speed: null,
      heading: null,
      satellites: 9,
      hdop: 0.9,
      battery: 80,
    },
  }
}

test.each([
  [1, undefined],
  [1.5, undefined],
  [1.9, 'short'],
  [2, 'medium'],
  [9.9, 'medium'],
  [10, 'long'],
] as const)('%d minutes between two fixes: %s', (minutes, expected) => {
  expect(gapClass(0, minutes * 60_000)).toBe(expected)
})

test('a track is cut at its gaps, and each gap is a line of its own', () => {
  const { features } = trackLines([0, 1, 2, 7, 8, 30].map(minute => aFix(minute)))
  expect(features.map(({ properties }) => properties.gap)).toEqual(['none', 'medium', 'none', 'long'])
  expect(features.map(({ geometry }) => geometry.coordinates.length)).toEqual([3, 2, 2, 2])
})

test('from one activation to the next nothing is joined', () => {
  const { features } = trackLines([aFix(0, '1'), aFix(1, '1'), aFix(2, '2'), aFix(3, '2')])
  expect(features.map(({ properties }) => properties.gap)).toEqual(['none', 'long', 'none'])
})

test('no fixes and a single fix draw nothing', () => {
  expect(trackLines([]).features).toEqual([])
  expect(trackLines([aFix(0)]).features).toEqual([])
})
