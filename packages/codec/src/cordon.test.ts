import { LIMITS } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { decodeMessage } from './decode-message.ts'

const RECEIVED_AT = 1_795_330_802_500
const FULL = {
  time: '2026-11-22T06:00:00.000Z',
  lat: 52.2405,
  lon: -0.9027,
  accuracy: 8,
  source: 'wifi',
  seq: 1042,
  sent: 1_795_327_201_000,
  speed: 1.2,
  heading: 271,
  altitude: 77,
  satellites: 9,
  hdop: 0.9,
  battery: 83,
}
const LEAST = { time: 1_795_327_200_000, lat: 52.2405, lon: -0.9027 }

const send = (leaf: string, payload: unknown) => {
  const bytes = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload))
  return decodeMessage(`cordon/v1/tags/NTN-0042/${leaf}`, bytes, RECEIVED_AT)
}
const refusedAs = (payload: unknown, leaf = 'fixes') => {
  const { rejections, ...rest } = send(leaf, payload)
  expect({ ...rest, rejections: rejections.length }).toMatchObject({
    fixes: [],
    events: [],
    statuses: [],
    acks: [],
    rejections: 1,
  })
  return [rejections[0]?.code, rejections[0]?.field]
}

describe('a fix of a Cordon tag', () => {
  it('keeps every field, in the units of the contract', () => {
    expect(send('fixes', FULL)).toEqual({
      protocol: 'cordon',
      tagId: 'NTN-0042',
      fixes: [
        {
          measuredAt: Date.parse('2026-11-22T06:00:00Z'),
          sentAt: 1_795_327_201_000,
          receivedAt: RECEIVED_AT,
          lon: -0.9027,
          lat: 52.2405,
          accuracyM: 8,
          source: 'wifi',
          seq: 1042,
          speedMps: 1.2,
          headingDeg: 271,
          altitudeM: 77,
          satellites: 9,
          hdop: 0.9,
          battery: 83,
        },
      ],
      events: [],
      statuses: [],
      acks: [],
      rejections: [],
    })
  })

  it('needs time and place only: what is not said is unknown, not 0', () => {
    const unknown = {
      accuracyM: null,
      speedMps: null,
      headingDeg: null,
      altitudeM: null,
      satellites: null,
      battery: null,
    }
    expect(send('fixes', LEAST).fixes[0]).toMatchObject({
      ...unknown,
      sentAt: null,
      hdop: null,
      source: 'gnss',
      seq: 0,
    })
  })

  it('takes null for an optional field as the field left out', () => {
    const nulled = { ...LEAST, accuracy: null, source: null, seq: null, sent: null, battery: null }
    expect(send('fixes', nulled)).toEqual(send('fixes', LEAST))
  })

  it('ignores fields that it does not know', () => {
    expect(send('fixes', { ...LEAST, firmware: '2.1', cells: [{ mcc: 234 }] })).toEqual(send('fixes', LEAST))
  })

  it('knows one zero, one north and the antimeridian', () => {
    const [fix] = send('fixes', '{"time":-0,"lat":-0,"lon":180,"heading":360,"speed":-0.0,"altitude":-0}').fixes
    expect(fix).toMatchObject({ lon: 180, headingDeg: 0 })
    for (const zero of [fix?.measuredAt, fix?.lat, fix?.speedMps, fix?.altitudeM]) expect(Object.is(zero, 0)).toBe(true)
  })

  it.each([
    [{ ...LEAST, time: undefined }, 'field-missing', 'time'],
    [{ ...LEAST, lat: null }, 'field-missing', 'lat'],
    [{ ...LEAST, lon: '-0.9027' }, 'wrong-type', 'lon'],
    [{ ...LEAST, lat: 90.000001 }, 'out-of-range', 'lat'],
    [{ ...LEAST, lon: -180.1 }, 'out-of-range', 'lon'],
    [{ ...LEAST, time: '2026-02-30T06:00:00Z' }, 'invalid-time', 'time'],
    [{ ...LEAST, time: 4_102_444_800_001 }, 'invalid-time', 'time'],
    [{ ...LEAST, time: 1_795_330_800 * 1_000_000 }, 'invalid-time', 'time'],
    [{ ...LEAST, time: true }, 'wrong-type', 'time'],
    [{ ...LEAST, sent: '1969-12-31T00:00:00Z' }, 'invalid-time', 'sent'],
    [{ ...LEAST, accuracy: 0 }, 'out-of-range', 'accuracy'],
    [{ ...LEAST, accuracy: LIMITS.accuracyM + 1 }, 'out-of-range', 'accuracy'],
    [{ ...LEAST, source: 'GPS' }, 'unknown-word', 'source'],
    [{ ...LEAST, source: 3 }, 'wrong-type', 'source'],
    [{ ...LEAST, seq: -1 }, 'out-of-range', 'seq'],
    [{ ...LEAST, seq: 1.5 }, 'out-of-range', 'seq'],
    [{ ...LEAST, seq: 2 ** 53 }, 'out-of-range', 'seq'],
    [{ ...LEAST, speed: LIMITS.speedMps + 0.1 }, 'out-of-range', 'speed'],
    [{ ...LEAST, heading: 360.5 }, 'out-of-range', 'heading'],
    [{ ...LEAST, battery: [83] }, 'wrong-type', 'battery'],
    ['{"time":0,"lat":1e999,"lon":0}', 'out-of-range', 'lat'],
    ['{"time":0,"lat":1,"lon":0,"hdop":-1e999}', 'out-of-range', 'hdop'],
    [7, 'wrong-type', ''],
    ['null', 'wrong-type', ''],
  ])('is refused with the field and the reason: %j', (payload, code, field) => {
    expect(refusedAs(payload)).toEqual([code, field])
  })

  it('is refused when the payload names another tag, and taken when it names its own', () => {
    for (const name of ['tagId', 'id', 'tag']) {
      expect(refusedAs({ ...LEAST, [name]: 'NTN-0043' })).toEqual(['tag-mismatch', name])
      expect(send('fixes', { ...LEAST, [name]: 'NTN-0042' }).fixes).toHaveLength(1)
    }
    expect(send('fixes', { ...LEAST, id: 17 }).fixes).toHaveLength(1)
  })

  it('never says a coordinate in a rejection', () => {
    const texts = [
      '{"time":0,"lat":152.2405,"lon":-0.9027}',
      '{"time":0,"lat":"52.2405","lon":-0.9027,"52.2405":1,"52.2405":2}',
      '{"lat":52.2405',
    ]
    for (const text of texts) expect(JSON.stringify(send('fixes', text).rejections)).not.toContain('2405')
  })
})

describe('an array of fixes', () => {
  it('loses only what is bad, with its place', () => {
    const text = `[${JSON.stringify(LEAST)}, {"time":0,"lat":200,"lon":0}, null, [], {"time":0,"lat":1,"lat":2,"lon":0},
      {"time":0,"lat":1,"lon":0,"x":${'['.repeat(40)}${']'.repeat(40)}}, {"time":0,"lat":1,"lon":2,"tag":"X"}, ${JSON.stringify(FULL)}]`
    const { fixes, rejections } = send('fixes', text)
    expect(fixes.map(fix => fix.seq)).toEqual([0, 1042])
    expect(rejections.map(({ code, field, index }) => [code, field, index])).toEqual([
      ['out-of-range', '[1].lat', 1],
      ['wrong-type', '[2]', 2],
      ['wrong-type', '[3]', 3],
      ['duplicate-key', '[4].lat', 4],
      ['too-deep', '[5]', 5],
      ['tag-mismatch', '[6].tag', 6],
    ])
  })

  it('holds up to 1,000, and is refused as a whole above that', () => {
    const array = Array.from({ length: LIMITS.itemsPerMessage }, (_, seq) => ({ ...LEAST, seq }))
    expect(send('fixes', array).fixes).toHaveLength(1_000)
    expect(refusedAs([...array, LEAST])).toEqual(['too-many-items', ''])
  })

  it('says nothing when it is empty', () => {
    expect(send('fixes', [])).toMatchObject({ fixes: [], rejections: [] })
  })
})

describe('what else a Cordon tag publishes', () => {
  it('device events, single and in arrays', () => {
    const cut = { time: LEAST.time, type: 'strap-cut', seq: 7, battery: 40 }
    const event = { measuredAt: LEAST.time, receivedAt: RECEIVED_AT, seq: 7, type: 'strap-cut', battery: 40 }
    expect(send('events', cut).events).toEqual([event])
    const { events, rejections } = send('events', [{ ...cut, type: 'explosion' }, cut, { ...cut, battery: 101 }])
    expect(events).toEqual([event])
    expect(rejections.map(({ code, field }) => [code, field])).toEqual([
      ['unknown-word', '[0].type'],
      ['out-of-range', '[2].battery'],
    ])
  })

  it('its status', () => {
    expect(send('status', { online: false }).statuses).toEqual([{ online: false, receivedAt: RECEIVED_AT }])
    expect(refusedAs({ online: 'yes' }, 'status')).toEqual(['wrong-type', 'online'])
    expect(refusedAs([{ online: true }], 'status')).toEqual(['wrong-type', ''])
    expect(refusedAs({ online: true, tagId: 'X' }, 'status')).toEqual(['tag-mismatch', 'tagId'])
  })

  it('nothing, when a retained status is cleared', () => {
    expect(send('status', '')).toMatchObject({ tagId: 'NTN-0042', statuses: [], rejections: [] })
    expect(refusedAs('')).toEqual(['not-json', ''])
  })

  it('acknowledgements, whose id is the command’s', () => {
    const ack = { id: 'c-81', time: '2026-11-22T06:00:05Z', result: 'failed', detail: 'no motor' }
    const { measuredAt, ...rest } = send('acks', ack).acks[0] ?? {}
    expect(rest).toEqual({ commandId: 'c-81', receivedAt: RECEIVED_AT, result: 'failed', detail: 'no motor' })
    expect(measuredAt).toBe(Date.parse(ack.time))
    expect(send('acks', { ...ack, detail: null }).acks[0]?.detail).toBeNull()
    expect(refusedAs({ ...ack, id: '' }, 'acks')).toEqual(['out-of-range', 'id'])
    expect(refusedAs({ ...ack, result: 'maybe' }, 'acks')).toEqual(['unknown-word', 'result'])
    expect(refusedAs({ ...ack, tag: 'X' }, 'acks')).toEqual(['tag-mismatch', 'tag'])
  })
})
