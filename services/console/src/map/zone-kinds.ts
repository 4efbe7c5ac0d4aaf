import type { Zone, ZoneKind } from '@cordon/contract'
import type { DataDrivenPropertyValueSpecification, LayerSpecification } from 'maplibre-gl'
import type { MapPalette } from '../theme/map-palette.ts'
import { mapFont } from './base-style.ts'

/**
 * How each kind of zone is told from the others without its colour: what fills it, what its edge is like, and the word in its
 * label. Exclusion is hatched with a heavy edge, inclusion plainly tinted, restriction empty with long dashes, interest dotted.
 */
const edges: Readonly<Record<ZoneKind, { readonly widthPx: number; readonly dashes?: readonly [number, number] }>> = {
  exclusion: { widthPx: 2.5 },
  inclusion: { widthPx: 2 },
  restriction: { widthPx: 3, dashes: [5, 2] },
  interest: { widthPx: 2, dashes: [0.1, 2] },
}
export const drawnKinds = ['exclusion', 'inclusion', 'restriction', 'interest'] as const

export const hatchImage = 'hatch'

/** What a zone's label begins with. */
export const kindLabels: Readonly<Record<Zone['kind'], string>> = {
  exclusion: 'Exclusion',
  inclusion: 'Inclusion',
  restriction: 'Restriction',
  interest: 'Interest',
}

const isKind = (kind: ZoneKind) => ['==', ['get', 'kind'], kind] as ['==', ['get', string], string]

/** From the bottom up: tints, hatches, edges. A zone to stay inside is not filled: it lies under everything else. */
export function zoneLayers(palette: MapPalette): LayerSpecification[] {
  const colour = zoneColour(palette)
  return [
    {
      id: 'zone-tint',
      type: 'fill',
      source: 'zones',
      filter: ['!=', ['get', 'kind'], 'restriction'],
      paint: {
        'fill-color': colour,
        'fill-opacity': ['match', ['get', 'kind'], 'inclusion', 0.2, 'interest', 0.06, 0.1],
      },
    },
    {
      id: 'zone-hatch',
      type: 'fill',
      source: 'zones',
      filter: isKind('exclusion'),
      paint: { 'fill-pattern': hatchImage },
    },
    ...drawnKinds.map(kind => edgeLayer(kind, palette)),
    {
      id: 'buffer-edge',
      type: 'line',
      source: 'buffers',
      paint: { 'line-color': colour, 'line-width': 1.5, 'line-opacity': 0.8, 'line-dasharray': [3, 2.5] },
    },
  ]
}

function edgeLayer(kind: ZoneKind, palette: MapPalette): LayerSpecification {
  const { widthPx, dashes } = edges[kind]
  return {
    id: `zone-edge-${kind}`,
    type: 'line',
    source: 'zones',
    filter: isKind(kind),
    layout: { 'line-cap': kind === 'interest' ? 'round' : 'butt', 'line-join': 'round' },
    paint: {
      'line-color': palette[kind],
      'line-width': widthPx,
      ...(dashes && { 'line-dasharray': [...dashes] }),
    },
  }
}

/** The kind in words and the name, above the northern end of the zone. Alerts' labels go first where both want a place. */
export function zoneLabelLayer(palette: MapPalette): LayerSpecification {
  return {
    id: 'zone-label',
    type: 'symbol',
    source: 'zone-names',
    minzoom: 11,
    layout: {
      'text-field': ['get', 'label'],
      'text-font': mapFont,
      'text-size': 11,
      'text-anchor': 'bottom',
      'text-offset': [0, -0.3],
      'text-max-width': 16,
    },
    paint: { 'text-color': zoneColour(palette), 'text-halo-color': palette.halo, 'text-halo-width': 1.6 },
  }
}

function zoneColour(palette: MapPalette): DataDrivenPropertyValueSpecification<string> {
  const { exclusion, inclusion, restriction, interest } = palette
  return [
    'match',
    ['get', 'kind'],
    'exclusion',
    exclusion,
    'inclusion',
    inclusion,
    'restriction',
    restriction,
    interest,
  ]
}
