import { describe, expect, it } from 'vitest'
import { createCheck } from '../check.ts'
import { LIMITS } from '../limits.ts'
import { DEVICE_EVENT_TYPES, FIX_SOURCES } from '../vocabulary.ts'
import { OwnTracksLocation, OwnTracksLwt, TraccarForward } from './other-sources.ts'
import { AckMessage, CommandMessage, DeviceEventMessage, FixMessage, StatusMessage } from './tag-messages.ts'
import { TAG_FILTERS, TOPICS } from './topics.ts'

const isFix = createCheck(FixMessage)
const isEvent = createCheck(DeviceEventMessage)
const isCommand = createCheck(CommandMessage)
const isAck = createCheck(AckMessage)
const isLocation = createCheck(OwnTracksLocation)
const isForward = createCheck(TraccarForward)

/** As design.md 5.1 prints it. */
const printedFix = {
  time: '2026-11-22T06:00:00.000Z',
  lat: 52.2405,
  lon: -0.9027,
  accuracy: 8,
  source: 'gnss',
  seq: 1042,
  speed: 1.2,
  heading: 271,
  altitude: 77,
  satellites: 9,
  hdop: 0.9,
  battery: 83,
}
const least = { time: 1_795_327_200_000, lat: 52.2405, lon: -0.9027 }

describe('a fix', () => {
  it('is taken as printed, with epoch milliseconds, with time and place alone, and with fields nobody knows', () => {
    expect(
      [printedFix, { ...printedFix, time: 1_795_327_200_000 }, least, { ...least, firmware: 3 }].map(isFix),
    ).toEqual([true, true, true, true])
    for (const source of FIX_SOURCES) expect(isFix({ ...least, source })).toBe(true)
  })

  it.each(['time', 'lat', 'lon'])('is refused without %s', name => {
    const { [name]: _, ...rest } = { ...printedFix } as Record<string, unknown>
    expect(isFix(rest)).toBe(false)
  })

  it.each([
    [
      'time',
      [0, 4_102_444_800_000, '2026-11-22T06:00:00+01:00'],
      [-1, 4_102_444_800_001, 0.5, '2026-02-30T00:00:00Z', '2026-11-22T06:00Z', '2026-11-22', true],
    ],
    ['lat', [-90, 90], [-90.1, 90.1, '52', Number.NaN, Number.POSITIVE_INFINITY]],
    ['lon', [-180, 180], [-180.1, 180.1]],
    ['accuracy', [0.1, LIMITS.accuracyM], [0, -1, LIMITS.accuracyM + 1]],
    ['seq', [0, LIMITS.sequence], [-1, LIMITS.sequence + 1, 0.5]],
    ['speed', [0, LIMITS.speedMps], [-0.1, LIMITS.speedMps + 1]],
    ['heading', [0, 360], [-1, 361]],
    ['altitude', [LIMITS.altitudeM.minimum, LIMITS.altitudeM.maximum], [-501, 20_001]],
    ['satellites', [0, 200], [-1, 201, 1.5]],
    ['hdop', [0, 1_000], [-0.1, 1_001]],
    ['battery', [0, 100], [-1, 101]],
    ['source', ['gnss'], ['gps', 'GNSS', 1]],
  ])('holds %s to its limits', (name, good, bad) => {
    for (const value of good) expect([value, isFix({ ...least, [name]: value })]).toEqual([value, true])
    for (const value of bad) expect([value, isFix({ ...least, [name]: value })]).toEqual([value, false])
  })
})

describe('the other messages of a tag', () => {
  it('device events of every type, with and without number and battery', () => {
    for (const type of DEVICE_EVENT_TYPES) expect(isEvent({ time: least.time, seq: 7, type, battery: 40 })).toBe(true)
    expect(isEvent({ time: least.time, type: 'charging' })).toBe(true)
    expect(isEvent({ time: least.time, type: 'explosion' })).toBe(false)
    expect(isEvent({ type: 'charging' })).toBe(false)
  })

  it('the two states of a tag', () => {
    const isStatus = createCheck(StatusMessage)
    expect([{ online: true }, { online: false }, { online: 1 }, {}].map(isStatus)).toEqual([true, true, false, false])
  })

  it('commands of the four types', () => {
    for (const type of ['vibrate', 'message', 'locate', 'rate']) expect(isCommand({ id: 'c1', type })).toBe(true)
    expect(
      [
        { id: 'c1', type: 'explode' },
        { id: '', type: 'locate' },
        { id: 'c1', type: 'message', text: 'x'.repeat(161) },
      ].some(isCommand),
    ).toBe(false)
  })

  it('acknowledgements with a result', () => {
    const ack = { id: 'c1', time: printedFix.time, result: 'ok' }
    expect([ack, { ...ack, result: 'failed', detail: 'no motor' }].every(isAck)).toBe(true)
    expect(
      [
        { ...ack, result: 'maybe' },
        { ...ack, id: 'x'.repeat(65) },
        { id: 'c1', result: 'ok' },
      ].some(isAck),
    ).toBe(false)
  })
})

describe('the other sources', () => {
  it('an OwnTracks location needs place and time, and its unknowns may be negative', () => {
    const location = { _type: 'location', lat: 52.2405, lon: -0.9027, tst: 1_795_327_200 }
    expect(
      [location, { ...location, acc: -1, vel: -1, cog: -1, batt: -100 }, { ...location, tid: 'jp' }].every(isLocation),
    ).toBe(true)
    const { tst: _, ...timeless } = location
    expect(
      [
        timeless,
        { ...location, _type: 'card' },
        { ...location, tst: 1_795_327_200_000 },
        { ...location, vel: 2_000 },
      ].some(isLocation),
    ).toBe(false)
    expect(createCheck(OwnTracksLwt)({ _type: 'lwt', tst: 1_795_300_000 })).toBe(true)
  })

  it('a position from Traccar may have its nulls, and needs a device whose id a tag can have', () => {
    const position = {
      fixTime: '2026-11-22T06:00:00.000+00:00',
      latitude: 52.2405,
      longitude: -0.9027,
      attributes: null,
      network: null,
      deviceTime: null,
    }
    expect(isForward({ position, device: { uniqueId: '860111222333444' } })).toBe(true)
    expect(isForward({ position, device: { uniqueId: 'a/b' } })).toBe(false)
    expect(isForward({ position: { ...position, latitude: 91 }, device: { uniqueId: 'a' } })).toBe(false)
    expect(isForward({ position })).toBe(false)
  })
})

describe('topics', () => {
  it('of a tag are all subscribed to, but for the one that ingest publishes on', () => {
    const { tagFixes, tagEvents, tagStatus, tagAcks, tagCommands, owntracks, traccarPositions } = TOPICS
    const heard = [tagFixes('+'), tagEvents('+'), tagStatus('+'), tagAcks('+'), owntracks('+/+'), traccarPositions]
    expect([...TAG_FILTERS].sort()).toEqual(heard.sort())
    expect(TAG_FILTERS).not.toContain(tagCommands('+'))
  })
})
