import type { Feature, MultiPolygon } from 'geojson'
import { lonReachDeg, METRES_PER_DEGREE, RADIANS_PER_DEGREE } from './earth.ts'
import { createEdgeTree, type EdgeTree } from './edge-tree.ts'
import type { Box, CircleGeometry, LonLat, Ring, ZoneGeometry } from './geometry.ts'
import { type PackedRings, packRings, unpackRings } from './packed-rings.ts'

/** What every question about a zone begins with. */
interface Bounds {
  /** The smallest box round the zone. */
  readonly box: Box
  /** The smallest cos φ in the box: turns a gap in longitude into a distance that is never too long. */
  readonly minCos: number
}

export interface CompiledCircle extends Bounds {
  readonly shape: 'circle'
  readonly lon: number
  readonly lat: number
  readonly radiusM: number
  /** Metres; 0 without a buffer. */
  readonly bufferM: number
}

/** A register holds 250,000 of them, and somebody comes near to one in twenty: so it is little before it is first asked anything. */
export interface CompiledPolygon extends PackedRings {
  readonly shape: 'polygon'
  readonly bufferM: number
  /** Made when the zone is first asked for, and kept: see `openZone`. */
  opened: OpenPolygon | undefined
}

export interface OpenPolygon extends Bounds {
  readonly shape: 'polygon'
  readonly rings: PackedRings
  /** Made of the rings when it is first needed, and kept: see `edgesOf`. */
  tree: EdgeTree | undefined
  /** All vertices, the repeated ones that close the rings apart. */
  readonly vertices: number
  /** What Turf is asked with, made when a fix first falls into the box and kept: nested arrays are 72 bytes a vertex, 22 in the tree. */
  turf: Feature<MultiPolygon> | undefined
}

/** A zone prepared once and asked for every fix. Immutable as far as a caller can see. */
export type CompiledZone = CompiledCircle | CompiledPolygon

/** The same, ready to be asked. */
export type OpenZone = CompiledCircle | OpenPolygon

/**
 * Prepares a zone that `checkGeometry` has passed (rings closed, nothing crossing; it is not checked again).
 * `bufferM` is the width of the buffer ring in metres and only grows `grownBoxOf`. Keeps nothing of `geometry`.
 */
export function compileZone(geometry: ZoneGeometry, { bufferM = 0 }: { bufferM?: number } = {}): CompiledZone {
  switch (geometry.type) {
    case 'Circle':
      return compileCircle(geometry, bufferM)
    case 'Polygon':
      return compilePolygons([geometry.coordinates], bufferM)
    case 'MultiPolygon':
      return compilePolygons(geometry.coordinates, bufferM)
  }
}

export function openZone(zone: CompiledZone): OpenZone {
  if (zone.shape === 'circle') return zone
  zone.opened ??= openPolygon(zone)
  return zone.opened
}

/** Building the tree of 64 vertices takes 8 µs, once for each zone that somebody comes near. */
export function edgesOf(zone: OpenPolygon): EdgeTree {
  zone.tree ??= createEdgeTree(unpackRings(zone.rings))
  return zone.tree
}

/** West, south, east, north of the zone without its buffer. */
export function zoneBox(zone: CompiledZone): Box {
  return openZone(zone).box
}

/** The smallest box round the zone and its buffer. Asked once, for an index: it leaves the zone as little as it was. */
export function grownBoxOf(zone: CompiledZone): Box {
  const { box } = zone.shape === 'circle' ? zone : (zone.opened ?? openPolygon(zone))
  return zone.bufferM === 0 ? box : growBox(box, zone.bufferM)
}

/** The middle of the zone's box, a circle's centre: where a map looks to show the zone. It may lie outside the zone. */
export function zoneCentre(zone: CompiledZone): LonLat {
  if (zone.shape === 'circle') return [zone.lon, zone.lat]
  const [west, south, east, north] = zoneBox(zone)
  return [(west + east) / 2, (south + north) / 2]
}

function compileCircle({ center: [lon, lat], radius: radiusM }: CircleGeometry, bufferM: number): CompiledCircle {
  const box = growBox([lon, lat, lon, lat], radiusM)
  return { shape: 'circle', lon, lat, radiusM, bufferM, box, minCos: minCosOf(box) }
}

function compilePolygons(polygons: readonly (readonly Ring[])[], bufferM: number): CompiledPolygon {
  const { data, at } = packRings(polygons)
  return { shape: 'polygon', data, at, bufferM, opened: undefined }
}

function openPolygon(zone: CompiledPolygon): OpenPolygon {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  let vertices = 0
  for (const ring of unpackRings(zone).flat()) {
    vertices += ring.length - 1
    for (const [lon, lat] of ring) {
      west = Math.min(west, lon)
      south = Math.min(south, lat)
      east = Math.max(east, lon)
      north = Math.max(north, lat)
    }
  }
  const box: Box = [west, south, east, north]
  return { shape: 'polygon', rings: zone, tree: undefined, vertices, turf: undefined, box, minCos: minCosOf(box) }
}

function minCosOf([, south, , north]: Box): number {
  return Math.cos(Math.max(Math.abs(south), Math.abs(north)) * RADIANS_PER_DEGREE)
}

/** The box of every point within `reachM` of a box: the parallel farthest from the equator decides how far east and west. */
function growBox([west, south, east, north]: Box, reachM: number): Box {
  const latReach = reachM / METRES_PER_DEGREE
  const lonReach = Math.max(lonReachDeg(south, reachM), lonReachDeg(north, reachM))
  return [west - lonReach, south - latReach, east + lonReach, north + latReach]
}
