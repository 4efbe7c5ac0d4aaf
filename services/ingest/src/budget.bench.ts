import { type ActivationId, asId, decodePositionFrame, encodePositionFrame, type LivePosition } from '@cordon/contract'
import { createLogger } from '@cordon/runtime'
import type { WatchConfiguration } from '@cordon/store'
import { parser as createParser, generate } from 'mqtt-packet'
import { decode } from './decode.ts'
import { evaluate } from './evaluate.ts'
import { createMessageQueue } from './message-queue.ts'
import { createRegisterBook } from './register/register-book.ts'
import type { ReceivedMessage } from './subscribe/create-subscriber.ts'
import { createWatchStates } from './watch-states.ts'

/**
 * The budget of one fix by stage: µs of CPU on this machine, and the ratio to JSON.parse of the same fix in the same run, which is what
 * `--check` holds. Stages that need a database, a broker or the kernel are measured by `npm run load`, not here.
 *
 *     npm run bench:budget
 */
const WEARERS = 2_000
const ZONES = 10
const ROUNDS = 25
const START = Date.UTC(2026, 10, 22)

/** Ratios to JSON.parse that are too much: two and a half times and more of what was measured, on a machine with nothing to spare. */
const LIMITS = { receive: 8, queue: 1, decode: 12, judge: 32, publish: 1, 'read positions': 1 } as const
type Stage = keyof typeof LIMITS

const homeOf = (i: number): readonly [number, number] => [-2 + (i % 45) / 22, 51.6 + Math.floor(i / 45) / 32]

function configuration(): WatchConfiguration {
  const zones = new Map()
  const activations = Array.from({ length: WEARERS }, (_, i) => {
    const [lon, lat] = homeOf(i)
    const conditions = Array.from({ length: ZONES }, (_z, place) => {
      const zoneId = String(1_000_000 + i * ZONES + place)
      const geometry = { type: 'Circle', center: [lon + 0.006 + place / 400, lat], radius: 150 }
      zones.set(zoneId, {
        zoneId,
        kind: 'exclusion',
        versions: [{ version: 1, geometry, bufferM: 0, from: 0, to: null }],
      })
      const period = { from: 0, to: null, passes: [] }
      return {
        conditionId: String(5_000_000 + i * ZONES + place),
        zoneId,
        kind: 'exclusion',
        hours: null,
        priority: 0,
        ...period,
      }
    })
    const ids = { id: String(300_000 + i), wearerId: String(100_000 + i), tagId: tagOf(i), protocol: 'cordon' }
    return { activation: { ...ids, from: 0, to: null }, conditions, orders: [], suspensions: [], risk: 'standard' }
  })
  return { activations, zones } as unknown as WatchConfiguration
}

const tagOf = (i: number) => `L${String(i).padStart(6, '0')}`

function payloadOf(i: number, at: number): string {
  const [lon, lat] = homeOf(i)
  return (
    `{"time":"${new Date(at).toISOString()}","lat":${(lat + 0.0001 * (at % 3)).toFixed(6)},"lon":${lon.toFixed(6)},"accuracy":6,` +
    `"source":"gnss","seq":${at % 100_000},"speed":1.2,"heading":271,"altitude":77,"satellites":9,"hdop":0.9,"battery":83}`
  )
}

const book = createRegisterBook(createLogger({ name: 'bench', level: 'fatal' }))
const read = configuration()
book.putTags(
  Array.from({ length: WEARERS }, (_, i) => ({ id: asId(tagOf(i)), protocol: 'cordon' as const, isRevoked: false })),
)
book.put(
  read,
  read.activations.map(({ activation }) => activation.wearerId),
)
const states = createWatchStates(new Map(), START)
const costs = new Map<Stage | 'JSON.parse', number>()

/** The least of all rounds: the others were disturbed by something else on the machine. */
function measure<T>(stage: Stage | 'JSON.parse', work: () => T): T {
  const before = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(before)
  costs.set(stage, Math.min(costs.get(stage) ?? Number.POSITIVE_INFINITY, (user + system) / WEARERS))
  return result
}

/** A minute of everybody, through every stage. */
function round(number: number): void {
  const at = START + number * 60_000
  const payloads = Array.from({ length: WEARERS }, (_, i) => payloadOf(i, at))
  const wire = Buffer.concat(
    payloads.map((payload, i) => {
      const topic = `cordon/v1/tags/${tagOf(i)}/fixes`
      return generate({ cmd: 'publish', topic, payload, qos: 1, messageId: i + 1, dup: false, retain: false })
    }),
  )
  measure('JSON.parse', () => payloads.map(payload => JSON.parse(payload) as unknown))
  const messages = measure('receive', () => receive(wire, at))
  const batch = measure('queue', () => throughQueue(messages))
  const decoded = measure('decode', () => decode(batch, book.register))
  const moment = { now: at, tick: false, listening: true }
  const evaluated = measure('judge', () => evaluate(decoded, book.register, states, moment))
  states.commit(evaluated.states, [] as ActivationId[], at)
  const positions = evaluated.fixes.map(({ activation, fix }) => positionOf(activation, fix))
  const frame = measure('publish', () => encodePositionFrame(positions))
  measure('read positions', () => decodePositionFrame(frame))
}

function receive(wire: Buffer, receivedAt: number): ReceivedMessage[] {
  const messages: ReceivedMessage[] = []
  const parser = createParser({ protocolVersion: 4 })
  parser.on('packet', packet => {
    if (packet.cmd !== 'publish') return
    const payload = packet.payload as Buffer
    messages.push({ topic: packet.topic, payload, receivedAt, connection: 1, messageId: packet.messageId ?? 0 })
  })
  for (let from = 0; from < wire.length; from += 65_536) parser.parse(wire.subarray(from, from + 65_536))
  return messages
}

function throughQueue(messages: readonly ReceivedMessage[]): readonly ReceivedMessage[] {
  const queue = createMessageQueue(5_000)
  for (const message of messages) queue.add(message)
  return queue.take()
}

function positionOf(
  { id, wearerId }: { readonly id: string; readonly wearerId: string },
  fix: Pick<LivePosition, 'measuredAt' | 'receivedAt' | 'lon' | 'lat' | 'accuracyM' | 'source' | 'battery'> & {
    readonly speedMps: number | null
    readonly headingDeg: number | null
  },
): LivePosition {
  const { measuredAt, receivedAt, lon, lat, accuracyM, source, speedMps, headingDeg, battery } = fix
  return {
    wearerId,
    activationId: id,
    measuredAt,
    receivedAt,
    lon,
    lat,
    accuracyM,
    source,
    speedMps,
    headingDeg,
    battery,
  }
}

for (let number = 1; number <= ROUNDS; number++) round(number)

const parse = costs.get('JSON.parse') ?? Number.NaN
console.log(`${WEARERS} wearers, ${ZONES} zones each, single fixes; JSON.parse of one: ${parse.toFixed(2)} µs of CPU`)
let isTooDear = false
for (const [stage, limit] of Object.entries(LIMITS) as [Stage, number][]) {
  const micros = costs.get(stage) ?? Number.NaN
  const ratio = micros / parse
  if (!(ratio <= limit)) isTooDear = true
  const figures = `${micros.toFixed(2).padStart(6)} µs   ${ratio.toFixed(2).padStart(5)} × JSON.parse (at most ${limit})`
  console.log(`${stage.padEnd(16)} ${figures}${ratio <= limit ? '' : '   TOO MUCH'}`)
}
if (isTooDear && process.argv.includes('--check')) process.exitCode = 1
