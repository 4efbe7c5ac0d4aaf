import { cpus } from 'node:os'
import { type Fix, FixMessage } from '@cordon/contract'
import Compile from 'typebox/compile'
import { decodeMessage } from './decode-message.ts'

/**
 * µs per fix from bytes to Fix, and the ratio to JSON.parse of the same bytes, all measured in this run. Seeded, so that every run
 * decodes the same messages: `npx tsx --conditions=@cordon/source packages/codec/src/codec.bench.ts`
 */

const FIXES = 100_000
const ROUNDS = 7
const RECEIVED_AT = 1_795_330_860_000
const TOPIC = 'cordon/v1/tags/NTN-0042/fixes'

/** mulberry32: small, seeded, good enough for test positions. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const random = seeded(20_261_122)
const degrees = (from: number) => Number((from + random() / 10).toFixed(6))
const aFix = (seq: number) => ({
  time: new Date(RECEIVED_AT - 60_000 + seq).toISOString(),
  lat: degrees(52.2),
  lon: degrees(-0.95),
  accuracy: Math.round(4 + random() * 20),
  source: 'gnss',
  seq,
  speed: Number((random() * 3).toFixed(1)),
  heading: Math.round(random() * 359),
  altitude: Math.round(60 + random() * 40),
  satellites: Math.round(6 + random() * 8),
  hdop: Number((0.7 + random()).toFixed(1)),
  battery: Math.round(20 + random() * 80),
})

const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))
function messagesOf(perMessage: number): Buffer[] {
  return Array.from({ length: Math.ceil(1_000 / perMessage) }, (_, message) => {
    const fixes = Array.from({ length: perMessage }, (_, i) => aFix(message * perMessage + i))
    return bytesOf(perMessage === 1 ? fixes[0] : fixes)
  })
}

/** Best of several rounds: the others were disturbed by something else on the machine. */
function microsPerFix(messages: readonly Buffer[], perMessage: number, run: (bytes: Buffer) => void): number {
  const repeats = Math.ceil(FIXES / (messages.length * perMessage))
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.hrtime.bigint()
    for (let i = 0; i < repeats; i++) for (const bytes of messages) run(bytes)
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1_000 / (repeats * messages.length * perMessage))
  }
  return best
}

let kept: Fix | undefined
function compare(name: string, messages: readonly Buffer[], perMessage: number, topic = TOPIC): void {
  const parse = microsPerFix(messages, perMessage, bytes => void JSON.parse(bytes.toString('utf8')))
  const decode = microsPerFix(messages, perMessage, bytes => {
    kept = decodeMessage(topic, bytes, RECEIVED_AT).fixes[0]
  })
  const ratio = (decode / parse).toFixed(2)
  console.log(
    `${name.padEnd(34)} ${decode.toFixed(2).padStart(6)} µs a fix   ${ratio} × JSON.parse   ${(1e6 / decode).toFixed(0)}/s`,
  )
}

/** The alternative that was not taken: the contract's compiled schema checks every item before it is decoded. */
function compareCompiled(messages: readonly Buffer[], perMessage: number): void {
  const schema = Compile(FixMessage)
  const check = microsPerFix(messages, perMessage, bytes => {
    for (const item of JSON.parse(bytes.toString('utf8')) as unknown[])
      if (!schema.Check(item)) throw new Error('unmet')
  })
  const parse = microsPerFix(messages, perMessage, bytes => void JSON.parse(bytes.toString('utf8')))
  console.log(
    `compiled schema check alone        ${(check - parse).toFixed(2).padStart(6)} µs a fix (accelerated: ${schema.IsAccelerated()})`,
  )
}

const ownTracks = Array.from({ length: 1_000 }, () =>
  bytesOf({
    _type: 'location',
    acc: 9,
    alt: 77,
    batt: 81,
    bs: 1,
    conn: 'm',
    lat: degrees(52.2),
    lon: degrees(-0.95),
    tid: 'jp',
    tst: 1_795_330_800,
    vel: 4,
  }),
)
const traccar = Array.from({ length: 1_000 }, (_, id) =>
  bytesOf({
    position: {
      id,
      attributes: { batteryLevel: 81, sat: 9, motion: true, distance: 3.1 },
      deviceId: 7,
      protocol: 'osmand',
      serverTime: '2026-11-22T06:00:01.000+00:00',
      deviceTime: '2026-11-22T06:00:00.000+00:00',
      fixTime: '2026-11-22T06:00:00.000+00:00',
      outdated: false,
      valid: true,
      latitude: degrees(52.2),
      longitude: degrees(-0.95),
      altitude: 77,
      speed: 2.1,
      course: 271,
      address: null,
      accuracy: 9,
      network: null,
      geofenceIds: null,
    },
    device: { id: 7, attributes: {}, name: 'T7', uniqueId: '860111222333444', status: 'online', positionId: id },
  }),
)
const refused = Array.from({ length: 1_000 }, (_, seq) => bytesOf({ ...aFix(seq), lat: 152.5 }))
const repeated = Array.from({ length: 1_000 }, (_, seq) =>
  Buffer.from(JSON.stringify(aFix(seq)).replace('{', '{"lat":1,')),
)
const broken = Array.from({ length: 1_000 }, (_, seq) => bytesOf(aFix(seq)).subarray(0, 90))

console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, ${bytesOf(aFix(1)).length} bytes a fix`,
)
compare('one fix a message', messagesOf(1), 1)
compare('arrays of 10', messagesOf(10), 10)
compare('arrays of 1,000', messagesOf(1_000), 1_000)
compareCompiled(messagesOf(10), 10)
compare('OwnTracks location', ownTracks, 1, 'owntracks/jane/phone')
compare('Traccar position', traccar, 1, 'traccar/positions')
compare('refused: latitude out of range', refused, 1)
compare('refused: repeated key', repeated, 1)
console.log(
  `refused: not JSON                  ${microsPerFix(broken, 1, bytes => void decodeMessage(TOPIC, bytes, RECEIVED_AT))
    .toFixed(2)
    .padStart(6)} µs a message`,
)
if (kept && kept.receivedAt !== RECEIVED_AT) throw new Error('decoded something else')
