import type { Site } from '@cordon/contract'
import type {
  LayerSpecification,
  LineLayerSpecification,
  StyleSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl'
import type { MapPalette } from '../theme/map-palette.ts'

/** No glyph files: MapLibre draws text with the device's own fonts, the first of these that there is. */
export const mapFont = ['Inter', 'Arial', 'Liberation Sans', 'sans-serif']

/** A style for tiles in the layer schema of OS Open Zoomstack: the schematic, or the product itself in its place. */
export function baseStyle(basemap: Site['basemap'], palette: MapPalette): StyleSpecification {
  const archive = new URL(basemap.pmtiles, location.href).href
  return {
    version: 8,
    sources: { base: { type: 'vector', url: `pmtiles://${archive}` } },
    layers: [
      { id: 'land', type: 'background', paint: { 'background-color': palette.land } },
      { id: 'sea', type: 'fill', source: 'base', 'source-layer': 'sea', paint: { 'fill-color': palette.sea } },
      ...lineLayers(palette),
      ...textLayers(palette),
    ],
  }
}

type Line = { readonly id: string; readonly layer: string; readonly colour: string; readonly widths: [number, number] }

function lineLayers(palette: MapPalette): LayerSpecification[] {
  return [
    line({ id: 'water', layer: 'waterlines', colour: palette.water, widths: [1, 5] }),
    dashed(line({ id: 'boundary', layer: 'boundaries', colour: palette.boundary, widths: [1, 2] }), [3, 2]),
    dashed(line({ id: 'railway', layer: 'rail', colour: palette.railway, widths: [1, 3] }), [4, 3]),
    roads(line({ id: 'road', layer: 'roads', colour: palette.road, widths: [1, 7] }), 'A Road'),
    roads(line({ id: 'primary', layer: 'roads', colour: palette.primary, widths: [1.4, 9] }), 'Primary'),
    roads(line({ id: 'motorway', layer: 'roads', colour: palette.motorway, widths: [2, 12] }), 'Motorway'),
  ]
}

/** Widths in pixels at zooms 8 and 16. */
function line({ id, layer, colour, widths }: Line): LineLayerSpecification {
  const width: LineLayerSpecification['paint'] = {
    'line-color': colour,
    'line-width': ['interpolate', ['exponential', 1.4], ['zoom'], 8, widths[0], 16, widths[1]],
  }
  return { id, type: 'line', source: 'base', 'source-layer': layer, layout: { 'line-join': 'round' }, paint: width }
}

function dashed(layer: LineLayerSpecification, dash: number[]): LineLayerSpecification {
  return { ...layer, paint: { ...layer.paint, 'line-dasharray': dash } }
}

function roads(layer: LineLayerSpecification, type: string): LineLayerSpecification {
  return { ...layer, filter: ['==', ['get', 'type'], type] }
}

function textLayers(palette: MapPalette): LayerSpecification[] {
  return [
    {
      id: 'road-numbers',
      type: 'symbol',
      source: 'base',
      'source-layer': 'roads',
      minzoom: 8.5,
      layout: {
        'symbol-placement': 'line-center',
        'text-field': ['get', 'number'],
        'text-font': mapFont,
        'text-size': 10,
        'text-rotation-alignment': 'viewport',
      },
      paint: textPaint(palette.roadText, palette.halo),
    },
    places(palette, { id: 'villages', types: ['Village', 'Suburban Area'], minzoom: 10.5, size: 11 }),
    places(palette, { id: 'towns', types: ['Town'], minzoom: 7.5, size: 12 }),
    places(palette, { id: 'cities', types: ['City'], minzoom: 5, size: 15 }),
  ]
}

type Places = { readonly id: string; readonly types: string[]; readonly minzoom: number; readonly size: number }

function places(palette: MapPalette, { id, types, minzoom, size }: Places): SymbolLayerSpecification {
  return {
    id,
    type: 'symbol',
    source: 'base',
    'source-layer': 'names',
    minzoom,
    filter: ['in', ['get', 'type'], ['literal', types]],
    layout: { 'text-field': ['get', 'name1'], 'text-font': mapFont, 'text-size': size, 'text-padding': 4 },
    paint: textPaint(palette.placeText, palette.halo),
  }
}

function textPaint(colour: string, halo: string): NonNullable<SymbolLayerSpecification['paint']> {
  return { 'text-color': colour, 'text-halo-color': halo, 'text-halo-width': 1.4 }
}
