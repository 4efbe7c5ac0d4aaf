import { mkdirSync, writeFileSync } from 'node:fs'
import { asyncApiDocument, openApiDocument } from '@cordon/contract'

/** Writes docs/interfaces from the schemas: `npx tsx --conditions=@cordon/source packages/contract/scripts/write-interfaces.ts` */
const folder = new URL('../../../docs/interfaces/', import.meta.url)
const documents = { 'openapi.json': openApiDocument(), 'asyncapi.json': asyncApiDocument() }

mkdirSync(folder, { recursive: true })
for (const [name, document] of Object.entries(documents)) {
  writeFileSync(new URL(name, folder), `${JSON.stringify(document, null, 2)}\n`)
  console.log(`docs/interfaces/${name}`)
}
