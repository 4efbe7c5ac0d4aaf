// Every variable that a service reads is in docs/operations.md, and every one named there is read by some service.
import { readFileSync } from 'node:fs'

const names = text => new Set(text.match(/CORDON_[A-Z][A-Z_]*[A-Z]/g))
const files = ['ingest', 'gateway', 'notifier', 'local'].map(service => `services/${service}/src/config.ts`)
const read = names(files.map(file => readFileSync(file, 'utf8')).join('\n'))
const described = names(readFileSync('docs/operations.md', 'utf8'))
const patterns = new Set(['CORDON_MQTT', 'CORDON_BROKER', 'CORDON_X', 'CORDON_X_FILE'])
const byLocal = new Set(['CORDON_INGEST_MQTT_USERNAME', 'CORDON_INGEST_MQTT_PASSWORD'])

const missing = [...read].filter(name => !described.has(name))
const invented = [...described].filter(name => !read.has(name) && !patterns.has(name) && !byLocal.has(name))
if (read.size < 30) throw new Error(`only ${read.size} settings were found: is config.ts still where it was?`)
if (missing.length + invented.length > 0) {
  console.error(
    `docs/operations.md lacks: ${missing.join(', ') || 'nothing'}; names what nobody reads: ${invented.join(', ') || 'nothing'}`,
  )
  process.exit(1)
}
console.log(`docs/operations.md describes all ${read.size} settings`)
