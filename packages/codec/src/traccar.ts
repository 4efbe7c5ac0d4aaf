import {
  asId,
  type DeviceEvent,
  type DeviceEventType,
  type Fix,
  FixMessage,
  type FixSource,
  type TagId,
  TraccarForward,
} from '@cordon/contract'
import { explain } from './explain.ts'
import { type Fields, isAbsent, isFields, numberReader } from './fields.ts'
import { instantOf } from './instant.ts'
import { type Fault, fault } from './rejections.ts'
import { isTagId } from './topic.ts'

/**
 * Traccar's forwarded JSON: one position and the device it is of. Traccar has turned one of 200 device protocols into this.
 *
 * - `attributes` is a bag whose content and units differ by device protocol. `batteryLevel`, `sat` and `hdop` are taken when they
 *   are numbers within Cordon's limits and are otherwise unknown: a protocol's odd attribute does not cost a good position.
 * - `outdated` means that the device sent no position and Traccar repeated the last one. When Traccar then located the device by
 *   its masts or wireless networks, it puts in the new place, sets `approximate` and `fixTime` = `deviceTime`, and leaves
 *   `outdated` standing: such a position is new, from `wifi` if only wireless networks were heard, else from `cell`.
 * - An alarm is an event of its own: it counts even when the position that came with it does not.
 */

const readBattery = numberReader(FixMessage.properties.battery)
const readSatellites = numberReader(FixMessage.properties.satellites)
const readHdop = numberReader(FixMessage.properties.hdop)
const MPS_PER_KNOT = 1_852 / 3_600

/** Alarms of Traccar's position model that mean a device event. `removing` is what a worn device reports when it is taken off. */
const ALARM_EVENTS: Readonly<Record<string, DeviceEventType>> = {
  tampering: 'strap-cut',
  removing: 'strap-cut',
  lowBattery: 'battery-low',
  powerOn: 'power-on',
  powerOff: 'power-off',
  jamming: 'jamming-suspected',
}

export interface TraccarContent {
  readonly tagId: TagId | null
  readonly fix: Fix | null
  readonly events: readonly DeviceEvent[]
  readonly fault: Fault | null
}

export function decodeTraccar(item: Fields, receivedAt: number): TraccarContent {
  const tagId = tagOf(item.device)
  const found = explain(TraccarForward, item)
  const told = isFields(item.position) ? item.position : {}
  const events = tagId === null ? [] : eventsOf(told, receivedAt)
  const unusable = found ?? unusableFix(told)
  if (unusable) return { tagId, fix: null, events, fault: unusable }
  return { tagId, fix: fixOf(item as Fields & TraccarForward, receivedAt), events, fault: null }
}

function tagOf(device: unknown): TagId | null {
  const id = isFields(device) ? device.uniqueId : null
  return typeof id === 'string' && isTagId(id) ? asId<TagId>(id) : null
}

function unusableFix(told: Fields): Fault | null {
  if (told.valid === false) return fault('not-valid', 'position.valid')
  return told.outdated === true && !isLocatedByNetwork(told) ? fault('outdated', 'position.outdated') : null
}

const attributesOf = (told: Fields): Fields => (isFields(told.attributes) ? told.attributes : {})
const isApproximate = (told: Fields): boolean => attributesOf(told).approximate === true
const isLocatedByNetwork = (told: Fields): boolean =>
  isApproximate(told) && instantOf(told.fixTime) === instantOf(told.deviceTime)

function sourceOf(told: Fields): FixSource {
  if (!isApproximate(told)) return 'gnss'
  const network = isFields(told.network) ? told.network : {}
  return isListed(network.wifiAccessPoints) && !isListed(network.cellTowers) ? 'wifi' : 'cell'
}

const isListed = (list: unknown): boolean => Array.isArray(list) && list.length > 0
const orUnknown = (value: number | null): number | null => (Number.isNaN(value) ? null : value)

/** Forwarded before Traccar has stored it, a position has the id 0. */
const seqOf = (id: unknown): number => (Number.isSafeInteger(id) ? Math.max(0, Number(id)) : 0)

/** Only for what `explain` has found nothing in. */
function fixOf({ position: told }: TraccarForward, receivedAt: number): Fix {
  const attributes = attributesOf(told)
  const { accuracy = null, speed = null, course = null, altitude = null } = told
  return {
    measuredAt: instantOf(told.fixTime),
    sentAt: isAbsent(told.deviceTime) ? null : instantOf(told.deviceTime),
    receivedAt,
    lon: told.longitude + 0,
    lat: told.latitude + 0,
    accuracyM: accuracy === 0 ? null : accuracy,
    source: sourceOf(told),
    seq: seqOf(told.id),
    speedMps: speed === null ? null : speed * MPS_PER_KNOT + 0,
    headingDeg: course === 360 || course === 0 ? 0 : course,
    altitudeM: altitude === null ? null : altitude + 0,
    satellites: orUnknown(readSatellites(attributes.sat)),
    hdop: orUnknown(readHdop(attributes.hdop)),
    battery: orUnknown(readBattery(attributes.batteryLevel)),
  }
}

/** `alarm` is one alarm, or several joined by commas. It happened when the device said so, which need not be when it was located. */
function eventsOf(told: Fields, receivedAt: number): DeviceEvent[] {
  const { alarm, batteryLevel } = attributesOf(told)
  if (typeof alarm !== 'string') return []
  const measuredAt = instantOf(told.deviceTime ?? told.fixTime)
  if (Number.isNaN(measuredAt)) return []
  const types = new Set<DeviceEventType>()
  for (const word of alarm.split(',')) {
    if (Object.hasOwn(ALARM_EVENTS, word)) types.add(ALARM_EVENTS[word] as DeviceEventType)
  }
  const battery = orUnknown(readBattery(batteryLevel))
  return [...types].map(type => ({ measuredAt, receivedAt, seq: seqOf(told.id), type, battery }))
}
