import { readFileSync } from 'node:fs'
import { PMTiles, type RangeResponse, tileIdToZxy, zxyToTileId } from 'pmtiles'
import { expect, test } from 'vitest'
import { buildSchematic } from '../../scripts/basemap/schematic.ts'
import { mercatorX, mercatorY } from './mercator.ts'

/** Reads an archive from memory with the same library that the map reads it with. */
function openArchive(bytes: Uint8Array): PMTiles {
  const getBytes = (offset: number, length: number): Promise<RangeResponse> =>
    Promise.resolve({ data: Uint8Array.from(bytes.subarray(offset, offset + length)).buffer })
  return new PMTiles({ getKey: () => 'memory', getBytes })
}

async function readTiles(archive: PMTiles, maxZoom: number): Promise<Map<number, string>> {
  const tiles = new Map<number, string>()
  for (let id = 0; id < zxyToTileId(maxZoom + 1, 0, 0); id++) {
    const [z, x, y] = tileIdToZxy(id)
    const tile = await archive.getZxy(z, x, y)
    if (tile) tiles.set(id, Buffer.from(tile.data).toString('base64'))
  }
  return tiles
}

const kept = openArchive(readFileSync(new URL('../../public/schematic.pmtiles', import.meta.url)))
const built = openArchive(buildSchematic())

// Compression may differ from one version of zlib to the next, so contents are compared, not archives.
test('the basemap in the repository is the one that its script builds', async () => {
  expect(await kept.getMetadata()).toEqual(await built.getMetadata())
  const { tileDataLength: keptLength, etag: _keptTag, ...keptHeader } = await kept.getHeader()
  expect(keptLength).toBeGreaterThan(100_000)
  expect(keptHeader.maxZoom).toBe(12)
  const keptTiles = await readTiles(kept, 8)
  expect(keptTiles.size).toBeGreaterThan(30)
  expect(keptTiles).toEqual(await readTiles(built, 8))
})

test('at the deepest zoom the county town has roads, names and its river', async () => {
  const x = Math.floor(mercatorX(-0.9027) * 4096)
  const y = Math.floor(mercatorY(52.2405) * 4096)
  const deep = [await kept.getZxy(12, x, y), await built.getZxy(12, x, y)]
  const [fromFile, fromScript] = deep.map(tile => (tile ? Buffer.from(tile.data).toString('latin1') : ''))
  expect(fromFile).toContain('Northampton')
  expect(fromFile).toContain('waterlines')
  expect(fromFile).toBe(fromScript)
})
