import type { Zone } from '@cordon/contract'
import type { Feature, FeatureCollection, Point, Polygon, Position } from 'geojson'
import { bufferRing, circleRing } from './rings.ts'
import { kindLabels } from './zone-kinds.ts'

type ZoneProperties = { readonly id: string; readonly kind: Zone['kind']; readonly name: string }
type ZoneFeature = Feature<Polygon, ZoneProperties>

/** Zones as the map draws them: circles as true circles on the ground, one polygon per part. */
export function zoneFeatures(zones: readonly Zone[]): FeatureCollection<Polygon, ZoneProperties> {
  return collect(zones.flatMap(zone => zoneParts(zone).map(coordinates => feature(zone, coordinates))))
}

/** The outer edge of each zone's buffer; zones without one draw nothing. */
export function bufferFeatures(zones: readonly Zone[]): FeatureCollection<Polygon, ZoneProperties> {
  return collect(
    zones
      .filter(zone => zone.buffer > 0)
      .flatMap(zone => bufferRings(zone).map(ring => feature(zone, [ring])))
      .filter(({ geometry }) => (geometry.coordinates[0]?.length ?? 0) > 3),
  )
}

/** One label for each zone, at the northernmost corner of its parts: its kind in words, and its name. */
export function zoneNameFeatures(
  zones: readonly Zone[],
): FeatureCollection<Point, { readonly label: string; readonly kind: Zone['kind'] }> {
  const features = zones.flatMap(zone => {
    const corners = zoneParts(zone).flatMap(([outer = []]) => outer)
    const north = corners.toSorted(([, left = 0], [, right = 0]) => right - left)[0]
    if (north === undefined) return []
    const properties = { label: `${kindLabels[zone.kind]}: ${zone.name}`, kind: zone.kind }
    return [{ type: 'Feature' as const, properties, geometry: { type: 'Point' as const, coordinates: north } }]
  })
  return { type: 'FeatureCollection', features }
}

function zoneParts({ geometry }: Zone): Position[][][] {
  switch (geometry.type) {
    case 'Circle':
      return [[circleRing(geometry.center, geometry.radius)]]
    case 'Polygon':
      return [geometry.coordinates]
    case 'MultiPolygon':
      return geometry.coordinates
  }
}

function bufferRings(zone: Zone): Position[][] {
  if (zone.geometry.type === 'Circle') return [circleRing(zone.geometry.center, zone.geometry.radius + zone.buffer)]
  return zoneParts(zone).map(([outer = []]) => bufferRing(outer, zone.buffer))
}

function feature({ id, kind, name }: Zone, coordinates: Position[][]): ZoneFeature {
  return { type: 'Feature', properties: { id, kind, name }, geometry: { type: 'Polygon', coordinates } }
}

function collect(features: ZoneFeature[]): FeatureCollection<Polygon, ZoneProperties> {
  return { type: 'FeatureCollection', features }
}
