import type { Zone } from '@cordon/contract'
import type { Feature, FeatureCollection, Polygon, Position } from 'geojson'
import { bufferRing, circleRing } from './rings.ts'

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
