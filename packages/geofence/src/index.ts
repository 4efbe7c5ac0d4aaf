export {
  type CheckGeometryOptions,
  checkGeometry,
  DEFAULT_MAX_VERTICES,
  DEFAULT_SERVICE_AREA,
  type GeometryCheck,
  MAX_RADIUS_M,
} from './check-geometry.ts'
export { type CompiledZone, compileZone, zoneBox, zoneCentre } from './compile-zone.ts'
export { crossesZone } from './crosses-zone.ts'
export { greatCircleM } from './earth.ts'
export type { Box, CheckedGeometry, LonLat, Position, ZoneGeometry } from './geometry.ts'
export { type GeometryProblem, type GeometryProblemCode, MAX_PROBLEMS } from './geometry-problem.ts'
export { isInside } from './is-inside.ts'
export { signedDistanceM } from './signed-distance.ts'
export { createZoneIndex, type ZoneIndex } from './zone-index.ts'
