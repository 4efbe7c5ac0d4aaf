import type { ZoneGeometry } from '@cordon/contract'
import { compileZone } from '@cordon/geofence'
import { describe, expect, it } from 'vitest'
import { createZoneCache } from './zone-cache.ts'

const circle: ZoneGeometry = { type: 'Circle', center: [-0.9, 52.24], radius: 200 }
const ring = Array.from({ length: 300 }, (_, i): [number, number] => [
  Math.cos((i * Math.PI) / 150) / 100,
  Math.sin((i * Math.PI) / 150) / 100,
])
const outline: ZoneGeometry = { type: 'MultiPolygon', coordinates: [[[...ring, ring[0] ?? [0, 0]]]] }

function aCache() {
  const cache = createZoneCache()
  return { ...cache, get: (geometry: ZoneGeometry) => cache.get('7/1', geometry, () => compileZone(geometry)) }
}

describe('the zones of a register', () => {
  it('are compiled once within a reading', () => {
    const { get } = aCache()
    expect(get(circle)).toBe(get(circle))
  })

  it.each([
    ['small and asked for twice', circle, 2],
    ['large', outline, 1],
  ])('are shared by all readings when they are %s', (_, geometry, times) => {
    const cache = aCache()
    const zones = Array.from({ length: times }, () => cache.get(geometry))
    cache.forgetSmall()
    expect(cache.get(geometry)).toBe(zones[0])
  })

  it('are not remembered when they are small and one asked for them', () => {
    const cache = aCache()
    const zone = cache.get(circle)
    cache.forgetSmall()
    expect(cache.get(circle)).not.toBe(zone)
  })
})
