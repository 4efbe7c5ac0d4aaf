import { GeoJSONVT, type GeoJSONVTTile } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import type { FeatureCollection } from 'geojson'

export type Tile = { readonly z: number; readonly x: number; readonly y: number; readonly data: Uint8Array }

/** The map draws deeper zooms from these tiles; at 12 a tile of 4,096 units resolves 1.5 m in England. */
export const maxZoom = 12
/** Units across one tile, in which its coordinates are whole numbers. */
const tileExtent = 4096
export const bounds = [-11, 49, 3, 61] as const
/** Above this zoom only the county and its neighbours are cut into tiles. */
const lastCountryZoom = 6
const countyBounds = [-1.6, 51.9, 0, 52.75] as const

/** Cuts the layers into Mapbox vector tiles (version 2), from the whole country down to the county. */
export function cutTiles(layers: Readonly<Record<string, FeatureCollection>>): Tile[] {
  const indexes = Object.entries(layers).map(([name, features]) => [name, indexLayer(name, features)] as const)
  return [...tileAddresses()].flatMap(([z, x, y]) => {
    const filled = indexes.flatMap(([name, index]) => {
      const tile = index.getTile(z, x, y)
      return tile && tile.features.length > 0 ? [[name, tile] as const] : []
    })
    return filled.length > 0 ? [{ z, x, y, data: encode(Object.fromEntries(filled)) }] : []
  })
}

function indexLayer(name: string, features: FeatureCollection): GeoJSONVT {
  const tolerance = name === 'names' ? 0 : 3
  return new GeoJSONVT(features, {
    maxZoom,
    indexMaxZoom: 0,
    indexMaxPoints: 0,
    tolerance,
    buffer: 64,
    extent: tileExtent,
  })
}

function encode(layers: Record<string, GeoJSONVTTile>): Uint8Array {
  return fromGeojsonVt(layers, { version: 2, extent: tileExtent })
}

function* tileAddresses(): Generator<readonly [z: number, x: number, y: number]> {
  for (let z = 0; z <= maxZoom; z++) {
    const [west, south, east, north] = z <= lastCountryZoom ? bounds : countyBounds
    for (let x = column(west, z); x <= column(east, z); x++) {
      for (let y = row(north, z); y <= row(south, z); y++) yield [z, x, y]
    }
  }
}

function column(lon: number, z: number): number {
  return Math.floor(((lon + 180) / 360) * 2 ** z)
}

function row(lat: number, z: number): number {
  const radians = (lat * Math.PI) / 180
  return Math.floor(((1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2) * 2 ** z)
}
