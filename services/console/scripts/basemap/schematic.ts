import { buildLayers } from './layers.ts'
import { writePmtiles } from './pmtiles-writer.ts'
import { bounds, cutTiles, maxZoom } from './tiles.ts'

/** The whole schematic as the bytes of a PMTiles archive. Built from npm packages and the gazetteer alone. */
export function buildSchematic(): Uint8Array {
  const layers = buildLayers()
  return writePmtiles(cutTiles(layers), {
    maxZoom,
    bounds,
    center: [-0.87, 52.28, 9],
    metadata: {
      name: 'Schematic Northamptonshire',
      description: 'Approximate and typed by hand, in the layer schema of OS Open Zoomstack. Not for evidential use.',
      attribution: 'Schematic map – not for evidential use. Coastline: Natural Earth.',
      vector_layers: Object.keys(layers).map(id => ({ id, fields: {} })),
    },
  })
}
