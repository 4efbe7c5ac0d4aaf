import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMessage } from '../decode-message.ts'

describe('repeated keys', () => {
  it('are found exactly when a key is written twice in one object', () => {
    const key = fc
      .constantFrom('a', 'b', '\\u0061', 'x:y', '{"', '__proto__')
      .map(name => (name === '{"' ? '{\\"' : name))
    const { text } = fc.letrec<{
      text: { text: string; repeats: boolean }
      object: { text: string; repeats: boolean }
    }>(tie => ({
      text: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('1', '":"', 'null', '"{"').map(value => ({ text: value, repeats: false })),
        tie('object'),
      ),
      object: fc.array(fc.tuple(key, tie('text')), { maxLength: 4 }).map(fields => {
        const names = fields.map(([name]) => (name === '\\u0061' ? 'a' : name))
        return {
          text: `{${fields.map(([name, value]) => `"${name}" :${value.text}`).join(',')}}`,
          repeats: new Set(names).size < names.length || fields.some(([, value]) => value.repeats),
        }
      }),
    }))
    const property = fc.property(text, value => {
      const { rejections } = decodeMessage(
        'cordon/v1/tags/a/fixes',
        Buffer.from(`{"time":0,"lat":1,"lon":2,"more":${value.text}}`),
        0,
      )
      expect(rejections.map(one => one.code)).toEqual(value.repeats ? ['duplicate-key'] : [])
    })
    fc.assert(property, { numRuns: 2_000 })
  })
})
