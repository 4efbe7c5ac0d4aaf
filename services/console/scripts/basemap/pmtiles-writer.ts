import { gzipSync } from 'node:zlib'
import { zxyToTileId } from 'pmtiles'
import type { Tile } from './tiles.ts'

export type ArchiveOptions = {
  readonly maxZoom: number
  readonly bounds: readonly [west: number, south: number, east: number, north: number]
  readonly center: readonly [lon: number, lat: number, zoom: number]
  readonly metadata: Readonly<Record<string, unknown>>
}

type Entry = { readonly id: number; run: number; readonly offset: number; readonly length: number }

const headerLength = 127
/** PMTiles v3, 3.1: header and root directory lie within the first 16,384 bytes. */
const rootLimit = 16_384
const gzip = 2
const vectorTile = 1

/**
 * Writes a PMTiles v3 archive with a single root directory: enough for a few thousand tiles, refused beyond.
 * Equal tiles are stored once; runs of equal neighbours take one directory entry.
 */
export function writePmtiles(tiles: readonly Tile[], options: ArchiveOptions): Uint8Array {
  const { entries, contents, contentLength } = placeTiles(tiles)
  const root = gzipSync(writeDirectory(entries), { level: 9 })
  if (headerLength + root.length > rootLimit) throw new Error('Too many tiles for a single root directory')
  const metadata = gzipSync(JSON.stringify(options.metadata), { level: 9 })
  const tilesAt = headerLength + root.length + metadata.length
  const header = Buffer.alloc(headerLength)
  header.write('PMTiles')
  header[7] = 3
  const lengths = [headerLength, root.length, headerLength + root.length, metadata.length, tilesAt, 0]
  const counts = [tilesAt, contentLength, tiles.length, entries.length, contents.length]
  for (const [index, value] of [...lengths, ...counts].entries()) {
    header.writeBigUInt64LE(BigInt(value), 8 + 8 * index)
  }
  header.set([1, gzip, gzip, vectorTile, 0, options.maxZoom], 96)
  writeDegrees(header, 102, options.bounds)
  header[118] = options.center[2]
  writeDegrees(header, 119, options.center.slice(0, 2))
  return Buffer.concat([header, root, metadata, ...contents])
}

function writeDegrees(header: Buffer, at: number, degrees: readonly number[]): void {
  for (const [index, value] of degrees.entries()) header.writeInt32LE(Math.round(value * 1e7), at + 4 * index)
}

function placeTiles(tiles: readonly Tile[]) {
  const ordered = tiles.map(tile => ({ id: zxyToTileId(tile.z, tile.x, tile.y), data: tile.data }))
  ordered.sort((left, right) => left.id - right.id)
  const entries: Entry[] = []
  const contents: Buffer[] = []
  const offsets = new Map<string, number>()
  let contentLength = 0
  for (const { id, data } of ordered) {
    const content = gzipSync(data, { level: 9 })
    const key = content.toString('latin1')
    const offset = offsets.get(key) ?? contentLength
    if (!offsets.has(key)) {
      offsets.set(key, offset)
      contents.push(content)
      contentLength += content.length
    }
    addEntry(entries, { id, run: 1, offset, length: content.length })
  }
  return { entries, contents, contentLength }
}

function addEntry(entries: Entry[], entry: Entry): void {
  const last = entries.at(-1)
  if (last && last.offset === entry.offset && last.id + last.run === entry.id) last.run++
  else entries.push(entry)
}

/** Four columns, one after another: id steps, run lengths, lengths, offsets (0 = right after the one before). */
function writeDirectory(entries: readonly Entry[]): Uint8Array {
  const idSteps = entries.map((entry, index) => entry.id - (entries[index - 1]?.id ?? 0))
  const offsets = entries.map((entry, index) => {
    const before = entries[index - 1]
    return before && entry.offset === before.offset + before.length ? 0 : entry.offset + 1
  })
  const runs = entries.map(entry => entry.run)
  const lengths = entries.map(entry => entry.length)
  return Uint8Array.from([entries.length, ...idSteps, ...runs, ...lengths, ...offsets].flatMap(varint))
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest > 0x7f) {
    bytes.push((rest % 128) | 0x80)
    rest = Math.floor(rest / 128)
  }
  return [...bytes, rest]
}
