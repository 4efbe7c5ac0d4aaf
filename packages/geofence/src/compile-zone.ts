import type { Feature, MultiPolygon } from 'geojson'
import { lonReachDeg, METRES_PER_DEGREE, RADIANS_PER_DEGREE } from './earth.ts'
import { createEdgeTree, type EdgeTree } from './edge-tree.ts'
import type { Box, CircleGeometry, LonLat, Ring, ZoneGeometry } from './geometry.ts'
import { type PackedRings, packRings, unpackRings } from './packed-rings.ts'

interface CompiledBase {
  /** The smallest box round the zone. */
  readonly box: Box
  /** The smallest box round the zone and its buffer. */
  readonly grownBox: Box
  /** Metres; 0 without a buffer. */
  readonly bufferM: number
  /** The smallest cos φ in the box: turns a gap in longitude into a distance that is never too long. */
  readonly minCos: number
}

export interface CompiledCircle extends CompiledBase {
  readonly shape: 'circle'
  readonly lon: number
  readonly lat: number
  readonly radiusM: number
}

export interface CompiledPolygon extends CompiledBase {
  readonly shape: 'polygon'
  readonly rings: PackedRings
  /** Made of the rings when it is first needed, and kept: see `edgesOf`. */
  tree: EdgeTree | undefined
  /** All vertices, the repeated ones that close the rings apart. */
  readonly vertices: number
  /**
   * What Turf is asked with, made when a fix first falls into the box and kept: nested arrays are 72 bytes a vertex
   * (22 in the tree, 8 in `rings`), and most zones of most wearers are never come near.
   */
  turf: Feature<MultiPolygon> | undefined
}

/** A zone prepared once and asked for every fix. Immutable as far as a caller can see. */
export type CompiledZone = CompiledCircle | CompiledPolygon

/**
 * Prepares a zone that `checkGeometry` has passed (rings closed, nothing crossing; it is not checked again).
 * `bufferM` is the width of the buffer ring in metres and only grows `grownBox`. Keeps nothing of `geometry`.
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

/** Building the tree of 64 vertices takes 8 µs, once for each zone that somebody comes near. */
export function edgesOf(zone: CompiledPolygon): EdgeTree {
  zone.tree ??= createEdgeTree(unpackRings(zone.rings))
  return zone.tree
}

/** West, south, east, north of the zone without its buffer. */
export function zoneBox(zone: CompiledZone): Box {
  return zone.box
}

/** The middle of the zone's box, a circle's centre: where a map looks to show the zone. It may lie outside the zone. */
export function zoneCentre(zone: CompiledZone): LonLat {
  if (zone.shape === 'circle') return [zone.lon, zone.lat]
  const [west, south, east, north] = zone.box
  return [(west + east) / 2, (south + north) / 2]
}

function compileCircle({ center: [lon, lat], radius }: CircleGeometry, bufferM: number): CompiledCircle {
  return { shape: 'circle', lon, lat, radiusM: radius, ...boxesOf(boxAround(lon, lat, radius), bufferM) }
}

function compilePolygons(polygons: readonly (readonly Ring[])[], bufferM: number): CompiledPolygon {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  let vertices = 0
  for (const ring of polygons.flat()) {
    vertices += ring.length - 1
    for (const [lon, lat] of ring) {
      west = Math.min(west, lon)
      south = Math.min(south, lat)
      east = Math.max(east, lon)
      north = Math.max(north, lat)
    }
  }
  const boxes = boxesOf([west, south, east, north], bufferM)
  const rings = packRings(polygons)
  const { box, grownBox, minCos } = boxes
  // Written out: an object made by spreading takes 40 bytes more, and a register holds 250,000 of them.
  return { shape: 'polygon', rings, tree: undefined, vertices, turf: undefined, box, grownBox, bufferM, minCos }
}

function boxesOf(box: Box, bufferM: number): CompiledBase {
  const farthestLat = Math.max(Math.abs(box[1]), Math.abs(box[3]))
  const grownBox = bufferM === 0 ? box : growBox(box, bufferM)
  return { box, grownBox, bufferM, minCos: Math.cos(farthestLat * RADIANS_PER_DEGREE) }
}

function boxAround(lon: number, lat: number, radiusM: number): Box {
  return growBox([lon, lat, lon, lat], radiusM)
}

/** The box of every point within `reachM` of a box: the parallel farthest from the equator decides how far east and west. */
function growBox([west, south, east, north]: Box, reachM: number): Box {
  const latReach = reachM / METRES_PER_DEGREE
  const lonReach = Math.max(lonReachDeg(south, reachM), lonReachDeg(north, reachM))
  return [west - lonReach, south - latReach, east + lonReach, north + latReach]
}
