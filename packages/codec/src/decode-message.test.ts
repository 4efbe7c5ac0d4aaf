import { LIMITS, TAG_FILTERS } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { decodeMessage } from './decode-message.ts'

const FIX = '{"time":1795327200000,"lat":52.2405,"lon":-0.9027}'
const TOPIC = 'cordon/v1/tags/NTN-0042/fixes'
const send = (topic: string, payload: string | Uint8Array) =>
  decodeMessage(topic, typeof payload === 'string' ? Buffer.from(payload) : payload, 0)
const codeOf = (payload: string | Uint8Array) => {
  const { tagId, fixes, rejections } = send(TOPIC, payload)
  expect([tagId, fixes.length, rejections.length, rejections[0]?.index]).toEqual(['NTN-0042', 0, 1, null])
  return rejections[0]?.code
}

describe('a topic', () => {
  it('is known for every filter that ingest subscribes to', () => {
    for (const filter of TAG_FILTERS) expect(send(filter.replaceAll('+', 'x1'), '[]').protocol).not.toBeNull()
  })

  it.each([
    '',
    'fixes',
    'cordon/v1/tags/a/commands',
    'cordon/v1/tags/a/fixes/more',
    'cordon/v1/tags/a',
    'cordon/v1/tags//x',
    'cordon/v2/tags/a/fixes',
    'owntracks/a',
    'owntracks/a/b/event',
    'traccar/events',
    '$SYS/broker/uptime',
  ])('that nothing is expected on is refused: %s', topic => {
    expect(send(topic, FIX)).toMatchObject({
      protocol: null,
      tagId: null,
      fixes: [],
      rejections: [{ code: 'unknown-topic' }],
    })
  })

  it.each([
    ['cordon/v1/tags//fixes', 'cordon'],
    ['cordon/v1/tags/a.b/fixes', 'cordon'],
    [`cordon/v1/tags/${'a'.repeat(65)}/fixes`, 'cordon'],
    ['cordon/v1/tags/a\n/status', 'cordon'],
    ['owntracks/jane doe/phone', 'owntracks'],
    ['owntracks//phone', 'owntracks'],
  ])('with an id that no tag has is refused: %s', (topic, protocol) => {
    expect(send(topic, FIX)).toMatchObject({
      protocol,
      tagId: null,
      fixes: [],
      rejections: [{ code: 'invalid-tag-id' }],
    })
  })
})

describe('a payload', () => {
  it('is refused above the limit of bytes, unread', () => {
    expect(send(TOPIC, FIX.padEnd(LIMITS.messageBytes)).fixes).toHaveLength(1)
    expect(codeOf(FIX.padEnd(LIMITS.messageBytes + 1))).toBe('too-large')
  })

  it('is refused when it is not UTF-8, wherever the fault stands', () => {
    expect(codeOf(Uint8Array.of(0xff, 0xfe))).toBe('invalid-utf8')
    expect(
      codeOf(Buffer.concat([Buffer.from('{"time":0,"lat":1,"lon":2,"x":"'), Uint8Array.of(0xc3), Buffer.from('"}')])),
    ).toBe('invalid-utf8')
  })

  it.each([
    '',
    ' ',
    '{',
    'NaN',
    '{"lat":NaN}',
    '{"lat":Infinity}',
    '[1,]',
    '{}{}',
    "{'lat':1}",
    '{"lat":01}',
    '"',
    '\u0000',
  ])('is refused when it is not JSON: %j', text => {
    expect(codeOf(text)).toBe('not-json')
  })

  it('is taken to the greatest depth and refused beyond it', () => {
    const nested = (depth: number) => FIX.replace('}', `,"x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`)
    expect(send(TOPIC, nested(LIMITS.jsonDepth)).fixes).toHaveLength(1)
    expect(codeOf(nested(LIMITS.jsonDepth + 1))).toBe('too-deep')
    expect(send(TOPIC, FIX.replace('}', `,"x":"${'[{'.repeat(99)}\\""}`)).fixes).toHaveLength(1)
  })

  it('counts the array it is in as one level of depth', () => {
    const inArray = (depth: number) =>
      `[${FIX},{"time":0,"lat":1,"lon":2,"x":${'['.repeat(depth - 2)}${']'.repeat(depth - 2)}}]`
    expect(send(TOPIC, inArray(LIMITS.jsonDepth)).fixes).toHaveLength(2)
    expect(send(TOPIC, inArray(LIMITS.jsonDepth + 1))).toMatchObject({
      fixes: [{}],
      rejections: [{ code: 'too-deep', index: 1 }],
    })
  })

  it('a megabyte of brackets is refused without building it', () => {
    expect(codeOf('['.repeat(LIMITS.messageBytes))).toBe('not-json')
    expect(codeOf(`{"a":${'{"a":'.repeat(150_000)}`)).toBe('too-deep')
  })

  it.each([
    ['{"time":0,"lat":1,"lon":2,"lat":1}', 'lat'],
    ['{"time":0,"lat":1,"lon":2,"l\\u0061t" : 1}', 'lat'],
    ['{"time":0,"lat":1,"lon":2,"x":{"a":1,"a":2}}', 'x.a'],
    ['{"time":0,"lat":1,"lon":2,"x":[{"a":1},{"b":":","b":2}]}', 'x.b'],
    ['{"time":0,"lat":1,"lon":2,"52.2405":1,"52.2405":2}', ''],
    ['{"time":0,"lat":1,"lon":2,"__proto__":1,"__proto__":2}', '__proto__'],
  ])('is refused when it names a field twice: %s', (text, field) => {
    expect(codeOf(text)).toBe('duplicate-key')
    expect(send(TOPIC, text).rejections[0]?.field).toBe(field)
  })

  it('cannot reach into the prototype of objects', () => {
    expect(send(TOPIC, '{"__proto__":{"time":0,"lat":1,"lon":2}}').rejections[0]?.code).toBe('field-missing')
  })

  it('may begin with a byte order mark, which JSON text need not be refused for', () => {
    expect(send(TOPIC, `\ufeff${FIX}`).fixes).toHaveLength(1)
    expect(send(TOPIC, `\ufeff[${FIX},{"time":0,"time":0}]`)).toMatchObject({
      fixes: [{}],
      rejections: [{ field: '[1].time' }],
    })
  })

  it('that holds no item at fault is not changed', () => {
    const payload = Buffer.from(FIX)
    send(TOPIC, payload)
    expect(payload.toString()).toBe(FIX)
  })
})
