declare module 'topojson-client' {
  import type { FeatureCollection } from 'geojson'

  /** Only the call used here: an object of a topology as GeoJSON. */
  export function feature(topology: unknown, object: string): FeatureCollection
}
