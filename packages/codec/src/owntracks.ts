import { type Fix, OwnTracksLocation, type TagStatus } from '@cordon/contract'
import { explain } from './explain.ts'
import { type Fields, numberReader, required } from './fields.ts'
import { type Fault, fault } from './rejections.ts'

/**
 * OwnTracks, JSON format of its booklet. `location` gives a fix and `lwt`, the broker's word that the phone is gone, a status.
 *
 * - The source is always `gnss`: `t` says why the message was sent and `conn` over what, neither how the position was measured.
 *   A position from masts or wireless networks shows in `acc`, which is what it is judged by.
 * - `acc`, `vel`, `cog` and `batt` below 0 (`acc` also at 0) are the app's "unknown", and so read as absent.
 * - `bs` (charging) is a state, not an event: what changed cannot be seen from one message.
 * - A location has no number of its own: `seq` is 0, and its time is its identity.
 */

const location = OwnTracksLocation.properties
const readLat = numberReader(location.lat)
const readLon = numberReader(location.lon)
const readSeconds = numberReader(location.tst)
const readAccuracy = numberReader(location.acc)
const readAltitude = numberReader(location.alt)
const readVelocity = numberReader(location.vel)
const readCourse = numberReader(location.cog)
const readBattery = numberReader(location.batt)
const readBatteryState = numberReader(location.bs)
const readCreatedAt = numberReader(location.created_at)

const KMH_PER_MPS = 3.6
const millis = (seconds: number): number => Math.round(seconds * 1_000)
const known = (value: number | null): number | null => (value !== null && value < 0 ? null : value)
const positive = (value: number | null): number | null => (value !== null && value <= 0 ? null : value)

export type OwnTracksContent = { fix: Fix } | { status: TagStatus } | { fault: Fault } | 'nothing'

/** The booklet's other types (`transition`, `waypoint`, `card`, `status`, …) carry no position of the phone, and say nothing here. */
export function decodeOwnTracks(item: Fields, tagId: string, receivedAt: number): OwnTracksContent {
  const type = item._type
  if (typeof type !== 'string') {
    return { fault: fault(type === undefined ? 'field-missing' : 'wrong-type', '_type', 'Expected an OwnTracks type.') }
  }
  // `topic` repeats where the app published to. (`tag` is a label that the user chose, `tid` the initials on a map.)
  if (
    typeof item.topic === 'string' &&
    item.topic !== `owntracks/${tagId}` &&
    (type === 'location' || type === 'lwt')
  ) {
    return { fault: fault('tag-mismatch', 'topic') }
  }
  if (type === 'lwt') return { status: { online: false, receivedAt } }
  if (type === 'encrypted') return { fault: fault('encrypted', '_type') }
  if (type !== 'location') return 'nothing'
  const fix = decodeLocation(item, receivedAt)
  return fix ? { fix } : { fault: explain(OwnTracksLocation, item) ?? fault('wrong-type') }
}

function decodeLocation(item: Fields, receivedAt: number): Fix | null {
  const seconds = required(readSeconds(item.tst))
  const createdAt = readCreatedAt(item.created_at)
  const lon = required(readLon(item.lon))
  const lat = required(readLat(item.lat))
  const accuracy = readAccuracy(item.acc)
  const altitudeM = readAltitude(item.alt)
  const velocity = readVelocity(item.vel)
  const course = readCourse(item.cog)
  const battery = readBattery(item.batt)
  const state = readBatteryState(item.bs)
  const place = seconds + (createdAt ?? 0) + lon + lat + (accuracy ?? 0) + (altitudeM ?? 0)
  if (Number.isNaN(place + (velocity ?? 0) + (course ?? 0) + (battery ?? 0) + (state ?? 0))) return null
  const speed = known(velocity)
  return {
    measuredAt: millis(seconds),
    sentAt: createdAt === null ? null : millis(createdAt),
    receivedAt,
    lon,
    lat,
    accuracyM: positive(accuracy),
    source: 'gnss',
    seq: 0,
    speedMps: speed === null ? null : speed / KMH_PER_MPS,
    headingDeg: course === 360 ? 0 : known(course),
    altitudeM,
    satellites: null,
    hdop: null,
    battery: known(battery),
  }
}
