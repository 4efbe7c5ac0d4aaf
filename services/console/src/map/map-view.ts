import type { Site, Zone } from '@cordon/contract'
import type { FeatureCollection } from 'geojson'
import {
  addProtocol,
  type GeoJSONSource,
  Map as MapLibreMap,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { Protocol } from 'pmtiles'
import type { MapPalette } from '../theme/map-palette.ts'
import { accuracyFeatures, alertFeatures, type Marked } from './alert-features.ts'
import { baseStyle } from './base-style.ts'
import { hatchPattern } from './hatch.ts'
import { layersAboveTags, layersBelowTags, type OverlaySource, overlaySources } from './overlay-layers.ts'
import { createTagLayer } from './tag-layer.ts'
import { pickTag } from './tag-picking.ts'
import type { TagTable } from './tag-table.ts'
import { bufferFeatures, zoneFeatures, zoneNameFeatures } from './zone-features.ts'
import { hatchImage } from './zone-kinds.ts'

/** Northamptonshire, until somebody moves the map. */
const start = { center: [-0.87, 52.28] as [number, number], zoom: 9.3 }
/** Close enough to see an accuracy circle of ten metres and the street around it. */
const wearerZoom = 14

export type CursorPlace = { readonly lon: number; readonly lat: number; readonly wearerId: string | undefined }

export type MapOptions = {
  readonly container: HTMLElement
  readonly basemap: Site['basemap']
  readonly palette: MapPalette
  readonly tags: TagTable
  readonly onPick: (wearerId: string | undefined) => void
  readonly onCursor: (place: CursorPlace | undefined) => void
  /** The graphics context is gone; `true` when it came back. */
  readonly onContext: (isAlive: boolean) => void
}

export type MapView = ReturnType<typeof createMapView>

setWorkerUrl(workerUrl)
addProtocol('pmtiles', new Protocol().tile)

/** The map itself, outside React: it reads the tag table when it paints, and is told of what few things change. */
export function createMapView(options: MapOptions) {
  const map = new MapLibreMap({
    container: options.container,
    style: styleOf(options.basemap, options.palette),
    ...start,
    maxZoom: 19,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
  })
  const data = new Map<OverlaySource, FeatureCollection>()
  let palette = options.palette

  map.addControl(new NavigationControl({ showCompass: false }), 'bottom-right')
  map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-left')
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  map.on('style.load', () => addOverlays(map, { palette, tags: options.tags, data }))
  listenToPointer(map, options)
  sayState(map, options.container)
  map.on('webglcontextlost', () => options.onContext(false))
  map.on('webglcontextrestored', () => options.onContext(true))

  function put(source: OverlaySource, features: FeatureCollection): void {
    data.set(source, features)
    // What goes wrong with a source is reported by the map's own error event.
    void map.getSource<GeoJSONSource>(source)?.setData(features)
  }

  return {
    setPalette: (next: MapPalette) => {
      if (next === palette) return
      palette = next
      map.setStyle(styleOf(options.basemap, next), { diff: false })
    },
    setZones: (zones: readonly Zone[]) => {
      put('zones', zoneFeatures(zones))
      put('buffers', bufferFeatures(zones))
      put('zone-names', zoneNameFeatures(zones))
    },
    setMarked: (marked: readonly Marked[], nowMs: number) => {
      put('alerts', alertFeatures(marked, nowMs))
      put('accuracy', accuracyFeatures(marked))
    },
    setTrack: (lines: FeatureCollection) => put('track', lines),
    /** The way of the selected possible transit; empty when there is none. */
    setTransit: (line: FeatureCollection) => put('transit', line),
    /** Paints the tags as the table has them now. */
    repaint: () => map.triggerRepaint(),
    flyTo: ({ lon, lat }: { readonly lon: number; readonly lat: number }) => {
      map.flyTo({ center: [lon, lat], zoom: Math.max(map.getZoom(), wearerZoom), duration: 800 })
    },
    stop: () => map.remove(),
  }
}

/** A deployment's own style when it has one, else ours over its tiles. */
function styleOf(basemap: Site['basemap'], palette: MapPalette) {
  return basemap.styleUrl ?? baseStyle(basemap, palette)
}

type Overlays = {
  readonly palette: MapPalette
  readonly tags: TagTable
  readonly data: ReadonlyMap<OverlaySource, FeatureCollection>
}

/**
 * A new style (another theme) begins without the overlays; one put back after the graphics context was lost has
 * all but the tags, which MapLibre cannot serialise. So what is missing is added, and the tags in their place.
 */
function addOverlays(map: MapLibreMap, { palette, tags, data }: Overlays): void {
  for (const source of overlaySources) {
    if (map.getSource(source)) continue
    map.addSource(source, { type: 'geojson', data: data.get(source) ?? { type: 'FeatureCollection', features: [] } })
  }
  if (!map.hasImage(hatchImage)) map.addImage(hatchImage, hatchPattern(palette.exclusion))
  const above = layersAboveTags(palette)
  for (const layer of [...layersBelowTags(palette), ...above]) {
    if (!map.getLayer(layer.id)) map.addLayer(layer)
  }
  if (!map.getLayer('tags')) map.addLayer(createTagLayer(tags, palette), above[0]?.id)
}

/** Marks when the map stands still with everything in place: for whoever takes its picture. */
function sayState(map: MapLibreMap, container: HTMLElement): void {
  const say = (state: 'moving' | 'settled') => {
    if (container.dataset.state !== state) container.dataset.state = state
  }
  map.on('movestart', () => say('moving'))
  map.on('render', () => !map.isMoving() && map.areTilesLoaded() && say('settled'))
}

function listenToPointer(map: MapLibreMap, { tags, onPick, onCursor }: MapOptions): void {
  map.on('click', ({ lngLat }) => onPick(pickTag(tags, { lon: lngLat.lng, lat: lngLat.lat }, map.getZoom())?.wearerId))
  map.on('mousemove', ({ lngLat }) => {
    const place = { lon: lngLat.lng, lat: lngLat.lat }
    const wearerId = pickTag(tags, place, map.getZoom())?.wearerId
    map.getCanvas().classList.toggle('over-tag', wearerId !== undefined)
    onCursor({ ...place, wearerId })
  })
  map.on('mouseout', () => onCursor(undefined))
}
