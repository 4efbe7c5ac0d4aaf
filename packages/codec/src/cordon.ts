import {
  AckMessage,
  type CommandAck,
  DEVICE_EVENT_TYPES,
  type DeviceEvent,
  DeviceEventMessage,
  type DeviceEventType,
  FIX_SOURCES,
  type Fix,
  FixMessage,
  type FixSource,
  StatusMessage,
  type TagStatus,
} from '@cordon/contract'
import { explain, namesAnotherTag } from './explain.ts'
import { type Fields, isAbsent, numberReader, required } from './fields.ts'
import { instantOf } from './instant.ts'
import type { ItemReader, MessageContext } from './items.ts'
import type { Fault } from './rejections.ts'

/**
 * What a Cordon tag publishes: fixes, device events, its status, acknowledgements of commands.
 *
 * The guards are written by hand, with the limits of the contract's schemas, and build the Fix in the same pass. Measured with
 * `codec.bench.ts` on one core of an AMD EPYC (Node 20, fixes of 185 bytes in arrays of ten): 1.4 µs from bytes to Fix, two
 * thirds of it JSON.parse. The compiled schema in front would add 0.5 µs, most of it for its date-time check, after which the
 * time would still have to be parsed. The tests hold guards, explanations and compiled schema to the same verdict.
 */

const fix = FixMessage.properties
const readLat = numberReader(fix.lat)
const readLon = numberReader(fix.lon)
const readAccuracy = numberReader(fix.accuracy)
const readSeq = numberReader(fix.seq)
const readSpeed = numberReader(fix.speed)
const readHeading = numberReader(fix.heading)
const readAltitude = numberReader(fix.altitude)
const readSatellites = numberReader(fix.satellites)
const readHdop = numberReader(fix.hdop)
const readBattery = numberReader(fix.battery)

const isSource = (word: unknown): word is FixSource => FIX_SOURCES.includes(word as FixSource)
const isEventType = (word: unknown): word is DeviceEventType => DEVICE_EVENT_TYPES.includes(word as DeviceEventType)
const optionalInstant = (value: unknown): number | null => (isAbsent(value) ? null : instantOf(value))

/** Fields by which a payload may name its tag. An acknowledgement's `id` is the command's. */
const TAG_NAMES = ['tagId', 'id', 'tag'] as const
const ACK_TAG_NAMES = ['tagId', 'tag'] as const
const isOther = (name: unknown, tagId: string): boolean => typeof name === 'string' && name !== tagId
const isOtherTag = (item: Fields, tagId: string): boolean =>
  isOther(item.tagId, tagId) || isOther(item.id, tagId) || isOther(item.tag, tagId)

/** Hot loop: 25,000 to 40,000 times a second. A source that is not said is satellite, which is what a tag reports by itself. */
function decodeFix(item: Fields, { tagId, receivedAt }: MessageContext): Fix | null {
  const measuredAt = instantOf(item.time)
  const sentAt = optionalInstant(item.sent)
  const lon = required(readLon(item.lon))
  const lat = required(readLat(item.lat))
  const accuracyM = readAccuracy(item.accuracy)
  const seq = readSeq(item.seq) ?? 0
  const speedMps = readSpeed(item.speed)
  const heading = readHeading(item.heading)
  const altitudeM = readAltitude(item.altitude)
  const satellites = readSatellites(item.satellites)
  const hdop = readHdop(item.hdop)
  const battery = readBattery(item.battery)
  const source = item.source ?? 'gnss'
  const place = measuredAt + (sentAt ?? 0) + lon + lat + (accuracyM ?? 0) + (altitudeM ?? 0)
  const rest = seq + (speedMps ?? 0) + (heading ?? 0) + (satellites ?? 0) + (hdop ?? 0) + (battery ?? 0)
  if (Number.isNaN(place + rest) || !isSource(source) || isOtherTag(item, tagId)) return null
  const headingDeg = heading === 360 ? 0 : heading
  return {
    measuredAt,
    sentAt,
    receivedAt,
    lon,
    lat,
    accuracyM,
    source,
    seq,
    speedMps,
    headingDeg,
    altitudeM,
    satellites,
    hdop,
    battery,
  }
}

function decodeEvent(item: Fields, { tagId, receivedAt }: MessageContext): DeviceEvent | null {
  const measuredAt = instantOf(item.time)
  const seq = readSeq(item.seq) ?? 0
  const battery = readBattery(item.battery)
  const { type } = item
  if (Number.isNaN(measuredAt + seq + (battery ?? 0)) || !isEventType(type) || isOtherTag(item, tagId)) return null
  return { measuredAt, receivedAt, seq, type, battery }
}

export const fixReader: ItemReader<Fix> = {
  decode: decodeFix,
  explain: (item, { tagId }) => namesAnotherTag(item, tagId, TAG_NAMES) ?? explain(FixMessage, item),
}

export const eventReader: ItemReader<DeviceEvent> = {
  decode: decodeEvent,
  explain: (item, { tagId }) => namesAnotherTag(item, tagId, TAG_NAMES) ?? explain(DeviceEventMessage, item),
}

export const statusReader: ItemReader<TagStatus> = {
  decode: (item, { tagId, receivedAt }) =>
    typeof item.online === 'boolean' && !isOtherTag(item, tagId) ? { online: item.online, receivedAt } : null,
  explain: (item, { tagId }) => namesAnotherTag(item, tagId, TAG_NAMES) ?? explain(StatusMessage, item),
}

const explainAck = (item: Fields, { tagId }: MessageContext): Fault | null =>
  namesAnotherTag(item, tagId, ACK_TAG_NAMES) ?? explain(AckMessage, item)

/** Acknowledgements are few, so that their guard is the explanation itself. */
export const ackReader: ItemReader<CommandAck> = {
  decode: (item, message) =>
    explainAck(item, message) ? null : ackOf(item as Fields & AckMessage, message.receivedAt),
  explain: explainAck,
}

const ackOf = (ack: AckMessage, receivedAt: number): CommandAck => ({
  commandId: ack.id,
  measuredAt: instantOf(ack.time),
  receivedAt,
  result: ack.result,
  detail: ack.detail ?? null,
})
