import {
  AckMessage,
  DEVICE_EVENT_TYPES,
  type DecodedMessage,
  DeviceEventMessage,
  FIX_SOURCES,
  FixMessage,
  LIMITS,
  OwnTracksLocation,
  StatusMessage,
  TraccarForward,
} from '@cordon/contract'
import fc from 'fast-check'
import Compile from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { decodeMessage } from './decode-message.ts'
import { explain } from './explain.ts'
import { LATEST_INSTANT, parseInstant } from './instant.ts'
import { REJECTION_CODES } from './rejections.ts'

const FIXES = 'cordon/v1/tags/NTN-0042/fixes'
const TOPICS = [
  FIXES,
  'cordon/v1/tags/NTN-0042/events',
  'cordon/v1/tags/NTN-0042/status',
  'cordon/v1/tags/NTN-0042/acks',
  'owntracks/jane/phone',
  'traccar/positions',
]
const decode = (topic: string, text: string) => decodeMessage(topic, Buffer.from(text), 1_795_330_802_500)

const millis = fc.integer({ min: 0, max: LATEST_INSTANT })
const instant = fc.oneof(
  millis,
  millis.map(ms => new Date(ms).toISOString()),
)
const ratio = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const aFix = fc.record(
  {
    time: instant,
    lat: ratio(-90, 90),
    lon: ratio(-180, 180),
    accuracy: ratio(Number.MIN_VALUE, LIMITS.accuracyM),
    source: fc.constantFrom(...FIX_SOURCES),
    seq: fc.maxSafeNat(),
    sent: fc.option(instant),
    speed: ratio(0, LIMITS.speedMps),
    heading: ratio(0, 360),
    altitude: ratio(-500, 20_000),
    satellites: fc.option(fc.integer({ min: 0, max: 200 })),
    hdop: ratio(0, 1_000),
    battery: fc.option(ratio(0, 100)),
  },
  { requiredKeys: ['time', 'lat', 'lon'] },
)
const anEvent = fc.record(
  { time: instant, type: fc.constantFrom(...DEVICE_EVENT_TYPES), seq: fc.maxSafeNat(), battery: ratio(0, 100) },
  { requiredKeys: ['time', 'type'] },
)
const aLocation = fc.record(
  {
    _type: fc.constant('location'),
    lat: ratio(-90, 90),
    lon: ratio(-180, 180),
    tst: ratio(0, LATEST_INSTANT / 1_000),
    acc: ratio(-1, 1_000),
    vel: ratio(-1, 900),
    cog: ratio(-1, 360),
    batt: ratio(-100, 100),
  },
  { requiredKeys: ['_type', 'lat', 'lon', 'tst'] },
)
const aForward = fc.record({
  position: fc.record(
    {
      id: fc.maxSafeNat(),
      fixTime: millis.map(ms => new Date(ms).toISOString()),
      latitude: ratio(-90, 90),
      longitude: ratio(-180, 180),
      speed: ratio(0, 600),
      course: ratio(0, 360),
      accuracy: ratio(0, 1_000),
      valid: fc.constant(true),
    },
    { requiredKeys: ['fixTime', 'latitude', 'longitude'] },
  ),
  device: fc.record({ uniqueId: fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/) }),
})

/** What a hostile or broken device puts where a number, a word or a time should be. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    'NaN',
    '52.2',
    -0,
    1e308,
    -1e308,
    2 ** 53,
    1.5,
    -1,
    361,
    1e-320,
    [],
    {},
    '2026-02-30T00:00:00Z',
    '2026-11-22T06:00Z',
    'gnss',
    'strap-cut',
    'ok',
  ),
  fc.double(),
  fc.integer(),
)
const raw = (value: unknown): string => JSON.stringify(value) ?? 'null'

/** A valid message with some of its fields put to odd values, taken away, or added to. */
const mutated = (valid: fc.Arbitrary<object>, names: readonly string[]) =>
  fc
    .tuple(valid, fc.dictionary(fc.constantFrom(...names, 'tagId', 'id', 'unknown'), odd, { maxKeys: 3 }))
    .map(([item, changes]) => JSON.parse(raw({ ...item, ...changes })) as Record<string, unknown>)

/** What holds for every message, whatever it was made of. */
function expectSound({ fixes, events, acks, rejections }: DecodedMessage): void {
  for (const fix of fixes) {
    expect(Math.abs(fix.lat) <= 90 && Math.abs(fix.lon) <= 180 && fix.accuracyM !== 0).toBe(true)
    expect(fix.headingDeg === null || (fix.headingDeg >= 0 && fix.headingDeg < 360)).toBe(true)
    expect(Number.isSafeInteger(fix.measuredAt) && Number.isSafeInteger(fix.seq)).toBe(true)
    for (const value of Object.values(fix))
      expect(Number.isNaN(value) || Object.is(value, -0) || value === undefined).toBe(false)
  }
  for (const { measuredAt } of [...fixes, ...events, ...acks])
    expect(measuredAt >= 0 && measuredAt <= LATEST_INSTANT).toBe(true)
  for (const { code, detail } of rejections)
    expect(Object.hasOwn(REJECTION_CODES, code) && detail.length > 0).toBe(true)
}

describe('whatever arrives', () => {
  it('arbitrary bytes on arbitrary topics never throw', () => {
    const topic = fc.oneof(
      fc.constantFrom(...TOPICS),
      fc.string(),
      fc.string().map(id => `cordon/v1/tags/${id}/fixes`),
    )
    fc.assert(
      fc.property(topic, fc.uint8Array({ maxLength: 300 }), (at, bytes) => expectSound(decodeMessage(at, bytes, 0))),
      { numRuns: 2_000 },
    )
  })

  it('arbitrary JSON never throws, and is never both taken and refused', () => {
    const property = fc.property(fc.constantFrom(...TOPICS), fc.json({ maxDepth: 6 }), (topic, text) => {
      const message = decode(topic, text)
      expectSound(message)
      expect(
        message.fixes.length + message.events.length > 0 &&
          message.rejections.length > 0 &&
          !text.trim().startsWith('['),
      ).toBe(false)
    })
    fc.assert(property, { numRuns: 2_000 })
  })

  it('valid messages with bytes changed, cut or repeated never throw', () => {
    const text = fc.oneof(aFix, fc.array(aFix, { maxLength: 4 }), anEvent, aLocation, aForward).map(raw)
    const edit = fc.record({ at: fc.nat(), cut: fc.nat({ max: 5 }), put: fc.uint8Array({ maxLength: 6 }) })
    const property = fc.property(fc.constantFrom(...TOPICS), text, edit, (topic, valid, { at, cut, put }) => {
      const bytes = Buffer.from(valid)
      const place = at % (bytes.length + 1)
      expectSound(decodeMessage(topic, Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + cut)]), 0))
    })
    fc.assert(property, { numRuns: 3_000 })
  })

  it('valid messages of every source are taken', () => {
    const taken = (topic: string, valid: fc.Arbitrary<unknown>, kind: 'fixes' | 'events') =>
      fc.assert(
        fc.property(valid, item => {
          const message = decode(topic, raw(item))
          expect([message.rejections, message[kind].length]).toEqual([[], 1])
          expectSound(message)
        }),
        { numRuns: 300 },
      )
    taken(FIXES, aFix, 'fixes')
    taken(TOPICS[1] ?? '', anEvent, 'events')
    taken('owntracks/jane/phone', aLocation, 'fixes')
    taken('traccar/positions', aForward, 'fixes')
  })
})

describe('an item in an array', () => {
  const neighbour = fc.oneof(
    mutated(aFix, ['lat', 'time', 'seq', 'accuracy']).map(raw),
    fc.json({ maxDepth: 4 }),
    fc.constantFrom(
      '{"time":0,"lat":1,"lon":2,"lon":2}',
      `{"x":${'['.repeat(30)}${']'.repeat(30)}}`,
      '{"a":"]}[{\\",:"}',
      '"\\\\"',
      '{"x":{"y":{},"y":1}}',
      '-1e999',
    ),
  )

  it('survives whatever stands beside it, and keeps its place in the order', () => {
    const slot = fc.oneof(
      aFix.map(fix => ({ fix, text: raw(fix) })),
      neighbour.map(text => ({ fix: null, text })),
    )
    const property = fc.property(fc.array(slot, { maxLength: 12 }), slots => {
      const whole = decode(FIXES, `[${slots.map(one => one.text).join(' , ')}]`)
      const alone = slots.map(one => decode(FIXES, `[${one.text}]`))
      expect(whole.fixes).toEqual(alone.flatMap(one => one.fixes))
      expect(whole.rejections.map(one => one.code)).toEqual(
        alone.flatMap(one => one.rejections.map(other => other.code)),
      )
      expect(slots.filter((one, i) => one.fix && alone[i]?.fixes.length !== 1)).toEqual([])
      expect(whole.fixes.length + whole.rejections.length).toBe(slots.length)
    })
    fc.assert(property, { numRuns: 1_000 })
  })

  it('is refused under its own index', () => {
    const property = fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), goods => {
      const { rejections } = decode(FIXES, raw(goods.map(good => ({ time: 0, lat: good ? 1 : 91, lon: 2 }))))
      expect(rejections.map(one => one.index)).toEqual(goods.flatMap((good, index) => (good ? [] : [index])))
      for (const { index, field } of rejections) expect(field).toBe(`[${index}].lat`)
    })
    fc.assert(property)
  })
})

describe('guards, explanations and the contract’s schemas', () => {
  const withoutNulls = (item: object): object =>
    Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null))
  /** The schema's format knows no bounds of years; the decoder does. */
  const inTime = (item: Record<string, unknown>) =>
    ['time', 'sent'].every(name => typeof item[name] !== 'string' || parseInstant(String(item[name])) !== null)

  it.each([
    ['a fix', FixMessage, FIXES, aFix, Object.keys(FixMessage.properties)],
    ['a device event', DeviceEventMessage, TOPICS[1], anEvent, Object.keys(DeviceEventMessage.properties)],
    ['a status', StatusMessage, TOPICS[2], fc.record({ online: fc.boolean() }), ['online']],
    [
      'an acknowledgement',
      AckMessage,
      TOPICS[3],
      fc
        .record({ time: instant, result: fc.constantFrom('ok', 'failed'), detail: fc.string() })
        .map(ack => ({ ...ack, id: 'c1' })),
      ['time', 'result', 'detail'],
    ],
    [
      'an OwnTracks location',
      OwnTracksLocation,
      'owntracks/jane/phone',
      aLocation,
      Object.keys(OwnTracksLocation.properties).filter(name => name !== '_type'),
    ],
  ])('say the same of %s', (_, schema, topic, valid, names) => {
    const compiled = Compile(schema)
    const property = fc.property(mutated(valid, names), item => {
      fc.pre(typeof item.tagId !== 'string' && (typeof item.id !== 'string' || schema === AckMessage))
      const allowed = compiled.Check(withoutNulls(item)) && inTime(item)
      const { rejections } = decode(topic ?? '', raw(item))
      expect([item, rejections.length]).toEqual([item, allowed ? 0 : 1])
      expect([item, explain(schema, item) === null]).toEqual([item, allowed])
    })
    fc.assert(property, { numRuns: 3_000 })
  })

  it('say the same of a position forwarded by Traccar', () => {
    const compiled = Compile(TraccarForward)
    const names = Object.keys(TraccarForward.properties.position.properties).filter(
      name => name !== 'valid' && name !== 'outdated',
    )
    const forward = fc
      .tuple(
        aForward,
        mutated(
          aForward.map(one => one.position),
          names,
        ),
      )
      .map(([{ device }, position]) => ({ device, position }))
    const property = fc.property(forward, item => {
      const { position } = item
      const times = ['fixTime', 'deviceTime', 'serverTime'].every(
        name => typeof position[name] !== 'string' || parseInstant(String(position[name])) !== null,
      )
      const allowed = compiled.Check({ ...item, position: withoutNulls(position) }) && times
      expect([item, decode('traccar/positions', raw(item)).fixes.length]).toEqual([item, allowed ? 1 : 0])
    })
    fc.assert(property, { numRuns: 3_000 })
  })
})
