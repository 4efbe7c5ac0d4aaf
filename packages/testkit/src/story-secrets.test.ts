import { describe, expect, it } from 'vitest'
import { findSecrets, STORY_SECRETS } from './story-secrets.ts'

const { wearerName, reference, lat, lon } = STORY_SECRETS
const payload = JSON.stringify({ time: 1, lat, lon })

describe('findSecrets', () => {
  it.each([
    ['as it is', `name=${wearerName}`, ['wearerName']],
    ['in capitals', wearerName.toUpperCase(), ['wearerName']],
    ['half of it', 'a person called Quillfeather', ['wearerName']],
    ['in an address', `/wearers?q=${encodeURIComponent(wearerName)}`, ['wearerName']],
    ['in a form', 'name=Xanthippe+Quillfeather', ['wearerName']],
    ['as hexadecimal', Buffer.from(reference).toString('hex'), ['reference']],
    ['in the middle of base64', Buffer.from(`{"a":"${reference}"}`).toString('base64'), ['reference']],
    ['in the middle of base64, one further', Buffer.from(`{"ab":"${reference}"}`).toString('base64'), ['reference']],
    [
      'in the middle of base64, two further',
      Buffer.from(`{"abc":"${reference}"}`).toString('base64url'),
      ['reference'],
    ],
    ['with fewer digits', `at ${lat.toFixed(4)}`, ['lat']],
    ['cut', 'POINT(-3.914 58.7)', ['lon']],
    ['times ten to the seventh', '"lat":587316429', ['lat']],
    ['as micro-degrees', 'at 58731642,-3914826', ['lat', 'lon']],
  ])('finds a secret %s', (_how, text, found) => {
    expect(findSecrets(text)).toEqual(found)
  })

  it('finds a whole payload by its bytes, and nothing where nothing is', () => {
    expect(findSecrets(Buffer.from(payload).toString('hex'), [payload])).toContain('payload 0')
    expect(findSecrets('{"level":"info","time":"2026-11-22T06:00:00.587Z","ms":58.7,"fixes":391}', [payload])).toEqual(
      [],
    )
  })

  it.each([
    ['a time in nanoseconds', '"startTimeUnixNano":"1796033914826391400"'],
    ['an identifier', '"spanId":"a03914826358731642"'],
    ['a longer number', 'cordon_seconds_sum 13.914826'],
    ['a count', 'cordon_fixes_total 39148'],
  ])('does not take %s for a coordinate', (_what, text) => {
    expect(findSecrets(text)).toEqual([])
  })
})
