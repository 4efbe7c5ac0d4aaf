import type { DataDrivenPropertyValueSpecification, LayerSpecification } from 'maplibre-gl'
import type { MapPalette } from '../theme/map-palette.ts'
import { mapFont } from './base-style.ts'
import { zoneLabelLayer, zoneLayers } from './zone-kinds.ts'

/** GeoJSON sources above the basemap, each with few features: what matters, never all tags. */
export const overlaySources = ['zones', 'buffers', 'zone-names', 'accuracy', 'track', 'transit', 'alerts'] as const
export type OverlaySource = (typeof overlaySources)[number]

type Colour = DataDrivenPropertyValueSpecification<string>

/** Drawn below the tags, from the bottom up: zones, buffers, accuracy circles, the track, a possible way through a zone. */
export function layersBelowTags(palette: MapPalette): LayerSpecification[] {
  return [
    ...zoneLayers(palette),
    {
      id: 'accuracy-fill',
      type: 'fill',
      source: 'accuracy',
      paint: { 'fill-color': palette.accuracy, 'fill-opacity': 0.12 },
    },
    {
      id: 'accuracy-edge',
      type: 'line',
      source: 'accuracy',
      paint: { 'line-color': palette.accuracy, 'line-width': 1.2, 'line-opacity': 0.8 },
    },
    ...trackLayers(palette),
    {
      id: 'transit-line',
      type: 'line',
      source: 'transit',
      paint: { 'line-color': palette.breach, 'line-width': 3, 'line-dasharray': [2, 1.5] },
    },
  ]
}

/** Drawn above the tags: names of zones, rings and labels of who is alerting or selected. */
export function layersAboveTags(palette: MapPalette): LayerSpecification[] {
  const ring = (id: string, selected: boolean, radius: number, width: number): LayerSpecification => ({
    id,
    type: 'circle',
    source: 'alerts',
    filter: ['==', ['get', 'selected'], selected],
    paint: {
      'circle-radius': radius,
      'circle-opacity': 0,
      'circle-stroke-width': width,
      'circle-stroke-color': staleElse(palette, selected ? palette.selected : bySeverity(palette)),
    },
  })
  return [
    zoneLabelLayer(palette),
    ring('alert-ring', false, 10, 1.8),
    ring('selected-ring', true, 13, 3),
    {
      id: 'alert-label',
      type: 'symbol',
      source: 'alerts',
      layout: {
        'text-field': ['get', 'label'],
        'text-font': mapFont,
        'text-size': 12,
        'text-anchor': 'left',
        'text-offset': [1.3, 0],
        'text-max-width': 30,
        'text-justify': 'left',
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: {
        'text-color': staleElse(palette, palette.labelText),
        'text-halo-color': palette.halo,
        'text-halo-width': 1.6,
      },
    },
  ]
}

function trackLayers(palette: MapPalette): LayerSpecification[] {
  const gap = (name: string, colour: string): LayerSpecification => ({
    id: `track-gap-${name}`,
    type: 'line',
    source: 'track',
    filter: ['==', ['get', 'gap'], name],
    layout: { 'line-cap': 'round' },
    paint: { 'line-color': colour, 'line-width': 2.5, 'line-dasharray': [0.1, 2.2] },
  })
  return [
    {
      id: 'track-line',
      type: 'line',
      source: 'track',
      filter: ['==', ['get', 'gap'], 'none'],
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': palette.track, 'line-width': 2.5, 'line-opacity': 0.9 },
    },
    gap('short', palette.gapShort),
    gap('medium', palette.gapMedium),
    gap('long', palette.gapLong),
  ]
}

/** What is old is grey, whoever it is and whatever it was. */
function staleElse(palette: MapPalette, colour: Colour): Colour {
  return ['case', ['==', ['get', 'age'], 'live'], colour, palette.stale] as Colour
}

function bySeverity(palette: MapPalette): Colour {
  return [
    'match',
    ['get', 'severity'],
    ['critical', 'serious'],
    palette.breach,
    'warning',
    palette.warning,
    palette.stale,
  ]
}
