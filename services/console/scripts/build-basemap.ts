/** `npx tsx services/console/scripts/build-basemap.ts` writes the schematic basemap that the repository keeps. */
import { writeFileSync } from 'node:fs'
import { buildSchematic } from './basemap/schematic.ts'

const file = new URL('../public/schematic.pmtiles', import.meta.url)
const archive = buildSchematic()
writeFileSync(file, archive)
console.log(`schematic.pmtiles: ${archive.length} bytes`)
