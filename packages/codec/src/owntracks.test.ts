import { describe, expect, it } from 'vitest'
import { decodeMessage } from './decode-message.ts'

const RECEIVED_AT = 1_795_330_802_500
const LOCATION = {
  _type: 'location',
  BSSID: '2c:fd:a1:00:00:01',
  acc: 12,
  alt: 81,
  batt: 64,
  bs: 1,
  cog: 187,
  conn: 'w',
  created_at: 1_795_330_801,
  inregions: ['Hostel'],
  lat: 52.2372,
  lon: -0.8946,
  m: 1,
  t: 'u',
  tag: 'on foot',
  tid: 'ph',
  topic: 'owntracks/jane/phone',
  tst: 1_795_330_799,
  vac: 4,
  vel: 18,
}
const send = (payload: unknown, topic = 'owntracks/jane/phone') =>
  decodeMessage(topic, Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)), RECEIVED_AT)
const refusedAs = (payload: unknown) => {
  const { fixes, statuses, rejections } = send(payload)
  expect([fixes, statuses]).toEqual([[], []])
  return rejections.map(({ code, field }) => [code, field])
}

describe('an OwnTracks location', () => {
  it('becomes a fix in SI units', () => {
    expect(send(LOCATION)).toMatchObject({ protocol: 'owntracks', tagId: 'jane/phone', rejections: [] })
    expect(send(LOCATION).fixes).toEqual([
      {
        measuredAt: 1_795_330_799_000,
        sentAt: 1_795_330_801_000,
        receivedAt: RECEIVED_AT,
        lon: -0.8946,
        lat: 52.2372,
        accuracyM: 12,
        source: 'gnss',
        seq: 0,
        speedMps: 5,
        headingDeg: 187,
        altitudeM: 81,
        satellites: null,
        hdop: null,
        battery: 64,
      },
    ])
  })

  it('needs only what the booklet requires', () => {
    const [fix] = send({ _type: 'location', lat: 52.2372, lon: -0.8946, tst: 1_795_330_799 }).fixes
    expect(fix).toMatchObject({ sentAt: null, accuracyM: null, speedMps: null, headingDeg: null, battery: null })
  })

  it('takes the app’s ways of saying unknown for unknown', () => {
    const [fix] = send({ ...LOCATION, acc: 0, vel: -1, cog: -1, batt: -100 }).fixes
    expect(fix).toMatchObject({ accuracyM: null, speedMps: null, headingDeg: null, battery: null })
    expect(send({ ...LOCATION, acc: -1 }).fixes[0]?.accuracyM).toBeNull()
    expect(send({ ...LOCATION, acc: null, vel: null, bs: null }).fixes[0]?.accuracyM).toBeNull()
  })

  it('keeps a fraction of a second', () => {
    expect(send({ ...LOCATION, tst: 1_795_330_799.001 }).fixes[0]?.measuredAt).toBe(1_795_330_799_001)
  })

  it.each([
    [{ tst: undefined }, 'field-missing', 'tst'],
    [{ tst: '1795330799' }, 'wrong-type', 'tst'],
    [{ tst: 1_795_330_799_000 }, 'out-of-range', 'tst'],
    [{ lat: 91 }, 'out-of-range', 'lat'],
    [{ lon: null }, 'field-missing', 'lon'],
    [{ vel: 2_000 }, 'out-of-range', 'vel'],
    [{ cog: 361 }, 'out-of-range', 'cog'],
    [{ batt: 101 }, 'out-of-range', 'batt'],
    [{ bs: 'full' }, 'wrong-type', 'bs'],
    [{ acc: '12' }, 'wrong-type', 'acc'],
    [{ topic: 'owntracks/jane/tablet' }, 'tag-mismatch', 'topic'],
  ])('is refused with the field and the reason: %j', (change, code, field) => {
    expect(refusedAs({ ...LOCATION, ...change })).toEqual([[code, field]])
  })
})

describe('what else comes from OwnTracks', () => {
  it('a last will is the status offline', () => {
    const { statuses, rejections } = send({ _type: 'lwt', tst: 1_795_300_000 })
    expect([statuses, rejections]).toEqual([[{ online: false, receivedAt: RECEIVED_AT }], []])
  })

  it.each([
    'transition',
    'waypoint',
    'waypoints',
    'card',
    'cmd',
    'configuration',
    'beacon',
    'steps',
    'status',
    'new-one',
  ])('a %s says nothing and is no fault', _type => {
    expect(send({ _type, lat: 'anything', topic: 'owntracks/jane/phone/event' })).toMatchObject({
      tagId: 'jane/phone',
      fixes: [],
      events: [],
      statuses: [],
      acks: [],
      rejections: [],
    })
  })

  it('an encrypted message is refused, so that the tag is not silent without a reason', () => {
    expect(refusedAs({ _type: 'encrypted', data: 'GfNj…' })).toEqual([['encrypted', '_type']])
  })

  it('what has no type, or is no object, is refused', () => {
    expect(refusedAs({ lat: 1 })).toEqual([['field-missing', '_type']])
    expect(refusedAs({ _type: 1 })).toEqual([['wrong-type', '_type']])
    expect(refusedAs([LOCATION])).toEqual([['wrong-type', '']])
    expect(refusedAs('{"_type":"location","lat":1,"lat":2,"lon":3,"tst":4}')).toEqual([['duplicate-key', 'lat']])
  })

  it('an empty message clears what was retained', () => {
    expect(send('')).toMatchObject({ tagId: 'jane/phone', rejections: [] })
  })
})
