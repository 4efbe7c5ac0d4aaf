import type { TrackFeature } from '@cordon/contract'
import { expect, test } from 'vitest'
import { followTrack } from './follow-track.ts'

const start = Date.parse('2026-11-22T06:00:00Z')

function aFix(minute: number): TrackFeature {
  const time = new Date(start + minute * 60_000).toISOString()
  const unknown = { accuracy: null, speed: null, heading: null, satellites: null, hdop: null, battery: null }
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [-0.9, 52.24] },
    properties: { time, receivedAt: time, activationId: 'a1', seq: minute, source: 'gnss', ...unknown },
  }
}

const at = (minute: number) => ({
  activationId: 'a1',
  wearerId: 'w1',
  measuredAtMs: start + minute * 60_000,
  lat: 52.25,
  lon: -0.91,
})

test('a newer position lengthens the track, the same one again changes nothing', () => {
  const follow = followTrack([aFix(0), aFix(1)])
  expect(follow(at(1))?.features[0]?.geometry.coordinates).toHaveLength(2)
  expect(follow(at(2))?.features[0]?.geometry.coordinates).toHaveLength(3)
  expect(follow(at(2))).toBeUndefined()
})

test('a position after a silence is joined by a gap', () => {
  const follow = followTrack([aFix(0), aFix(1)])
  expect(follow(at(20))?.features.map(({ properties }) => properties.gap)).toEqual(['none', 'long'])
})

test('without a track there is nothing to lengthen, and it is cleared once', () => {
  const follow = followTrack([])
  expect(follow(at(1))?.features).toEqual([])
  expect(follow(at(2))).toBeUndefined()
})
