import { describe, expect, it } from 'vitest'
import { decodeMessage } from './decode-message.ts'

const RECEIVED_AT = 1_795_330_802_500
const POSITION = {
  id: 90_417,
  attributes: { batteryLevel: 58, sat: 11, hdop: 0.8, motion: true, distance: 14.2, totalDistance: 80_311.7 },
  deviceId: 31,
  protocol: 'gt06',
  serverTime: '2026-11-22T06:00:02.000+00:00',
  deviceTime: '2026-11-22T06:00:01.000+00:00',
  fixTime: '2026-11-22T06:00:00.000+00:00',
  outdated: false,
  valid: true,
  latitude: 52.2372,
  longitude: -0.8946,
  altitude: 81,
  speed: 10,
  course: 187,
  address: null,
  accuracy: 0,
  network: null,
  geofenceIds: null,
}
const DEVICE = {
  id: 31,
  attributes: {},
  groupId: 0,
  name: 'T31',
  uniqueId: '860111222333444',
  status: 'online',
  positionId: 90_416,
  phone: null,
}

const sendRaw = (payload: unknown) =>
  decodeMessage(
    'traccar/positions',
    Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)),
    RECEIVED_AT,
  )
const send = (position: object = {}, device: object = {}) =>
  sendRaw({ position: { ...POSITION, ...position }, device: { ...DEVICE, ...device } })
const attributes = (more: object) => ({ attributes: { ...POSITION.attributes, ...more } })

describe('a position forwarded by Traccar', () => {
  it('becomes a fix in SI units, of the device’s unique id', () => {
    expect(send()).toEqual({
      protocol: 'traccar',
      tagId: '860111222333444',
      fixes: [
        {
          measuredAt: Date.parse('2026-11-22T06:00:00Z'),
          sentAt: Date.parse('2026-11-22T06:00:01Z'),
          receivedAt: RECEIVED_AT,
          lon: -0.8946,
          lat: 52.2372,
          accuracyM: null,
          source: 'gnss',
          seq: 90_417,
          speedMps: 18_520 / 3_600,
          headingDeg: 187,
          altitudeM: 81,
          satellites: 11,
          hdop: 0.8,
          battery: 58,
        },
      ],
      events: [],
      statuses: [],
      acks: [],
      rejections: [],
    })
  })

  it('keeps an accuracy that is one', () => {
    expect(send({ accuracy: 23.5 }).fixes[0]?.accuracyM).toBe(23.5)
  })

  it('takes an attribute that is not what it should be as not said: protocols differ', () => {
    const [fix] = send(attributes({ batteryLevel: 255, sat: '11', hdop: -1 })).fixes
    expect(fix).toMatchObject({ battery: null, satellites: null, hdop: null })
    expect(send({ attributes: null }).fixes).toHaveLength(1)
  })

  it.each([
    [0, 0],
    [-3, 0],
    [2 ** 53, 0],
    [1.5, 0],
    [null, 0],
    [7, 7],
  ])('with the id %s has the number %s', (id, seq) => {
    expect(send({ id }).fixes[0]?.seq).toBe(seq)
  })

  it('is from a mast or a wireless network when Traccar looked it up, although `outdated` stays set', () => {
    const located = {
      ...attributes({ approximate: true }),
      outdated: true,
      fixTime: POSITION.deviceTime,
      accuracy: 800,
    }
    expect(send(located).fixes[0]).toMatchObject({ source: 'cell', accuracyM: 800 })
    const wifi = { network: { wifiAccessPoints: [{ macAddress: '2c:fd:a1:00:00:01' }] } }
    expect(send({ ...located, ...wifi }).fixes[0]?.source).toBe('wifi')
    const both = { network: { ...wifi.network, cellTowers: [{ cellId: 1 }] } }
    expect(send({ ...located, ...both }).fixes[0]?.source).toBe('cell')
    expect(send({ ...located, fixTime: POSITION.fixTime }).rejections[0]?.code).toBe('outdated')
  })

  it.each([
    [{ valid: false }, 'not-valid', 'position.valid'],
    [{ outdated: true }, 'outdated', 'position.outdated'],
    [{ fixTime: null }, 'field-missing', 'position.fixTime'],
    [{ fixTime: 1_795_330_800_000 }, 'wrong-type', 'position.fixTime'],
    [{ fixTime: '2026-11-31T06:00:00.000+00:00' }, 'invalid-time', 'position.fixTime'],
    [{ deviceTime: 'now' }, 'invalid-time', 'position.deviceTime'],
    [{ latitude: -90.5 }, 'out-of-range', 'position.latitude'],
    [{ longitude: undefined }, 'field-missing', 'position.longitude'],
    [{ speed: 'NaN' }, 'wrong-type', 'position.speed'],
    [{ speed: 700 }, 'out-of-range', 'position.speed'],
    [{ accuracy: 200_000 }, 'out-of-range', 'position.accuracy'],
    [{ attributes: [] }, 'wrong-type', 'position.attributes'],
  ])('is refused with the field and the reason: %j', (change, code, field) => {
    const { tagId, fixes, rejections } = send(change)
    expect([tagId, fixes.length, rejections.map(one => [one.code, one.field])]).toEqual([
      DEVICE.uniqueId,
      0,
      [[code, field]],
    ])
  })

  it('is of no tag when the unique id cannot be one', () => {
    for (const uniqueId of ['', 'with space', 'jane/phone', 'a'.repeat(65)]) {
      expect(send({}, { uniqueId })).toMatchObject({
        protocol: 'traccar',
        tagId: null,
        fixes: [],
        rejections: [{ code: 'invalid-tag-id', field: 'device.uniqueId' }],
      })
    }
    expect(send({}, { uniqueId: 7 }).rejections[0]).toMatchObject({ code: 'wrong-type', field: 'device.uniqueId' })
    expect(sendRaw({ position: POSITION }).rejections[0]).toMatchObject({ code: 'field-missing', field: 'device' })
    expect(sendRaw([]).rejections[0]).toMatchObject({ code: 'wrong-type', field: '' })
  })
})

describe('an alarm in a position forwarded by Traccar', () => {
  it.each([
    ['tampering', ['strap-cut']],
    ['removing', ['strap-cut']],
    ['tampering,removing,lowBattery', ['strap-cut', 'battery-low']],
    ['jamming', ['jamming-suspected']],
    ['powerOn', ['power-on']],
    ['powerOff', ['power-off']],
    ['hardBraking', []],
    ['constructor', []],
    [7, []],
  ])('%s gives %j', (alarm, types) => {
    const { events, fixes } = send(attributes({ alarm }))
    expect([events.map(event => event.type), fixes.length]).toEqual([types, 1])
  })

  it('counts at the device’s time even when the position does not', () => {
    const { events, rejections } = send({ ...attributes({ alarm: 'tampering' }), valid: false, outdated: true })
    const measuredAt = Date.parse(POSITION.deviceTime)
    expect(events).toEqual([{ measuredAt, receivedAt: RECEIVED_AT, seq: 90_417, type: 'strap-cut', battery: 58 }])
    expect(rejections.map(one => one.code)).toEqual(['not-valid'])
  })

  it('is nobody’s without a usable device', () => {
    expect(send(attributes({ alarm: 'tampering' }), { uniqueId: '' }).events).toEqual([])
  })
})
