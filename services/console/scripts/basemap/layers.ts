import type { Feature, FeatureCollection, Geometry, LineString, Point } from 'geojson'
import { buildSea } from './coast.ts'
import { countyOutline, places, railways, roads, waters } from './gazetteer.ts'

/** The layers of OS Open Zoomstack that the schematic fills, with that product's attribute names. */
export function buildLayers(): Readonly<Record<string, FeatureCollection<Geometry>>> {
  return {
    sea: collect([buildSea()]),
    waterlines: collect(waters.map(([name, line]) => readLine(line, { type: 'National', name1: name }))),
    rail: collect(railways.map(line => readLine(line, { type: 'Multi Track' }))),
    roads: collect(roads.map(([number, type, line]) => readLine(line, { type, level: 0, number, name: '' }))),
    names: collect(places.map(([name, lat, lon, type]) => pointAt(lat, lon, { type, name1: name }))),
    boundaries: collect([readLine(countyOutline, { type: 'County' })]),
  }
}

type Properties = Readonly<Record<string, string | number>>

function collect(features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features }
}

function readLine(line: string, properties: Properties): Feature<LineString> {
  const coordinates = line.split(', ').map(pair => {
    const [lat = Number.NaN, lon = Number.NaN] = pair.split(' ').map(Number)
    return [lon, lat]
  })
  return { type: 'Feature', properties, geometry: { type: 'LineString', coordinates } }
}

function pointAt(lat: number, lon: number, properties: Properties): Feature<Point> {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lon, lat] } }
}
