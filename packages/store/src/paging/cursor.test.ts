import { isCordonError } from '@cordon/runtime'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeCursor, encodeCursor } from './cursor.ts'

it('gives back the keys it was made of', () => {
  const keys = ['0', '2026-11-22 06:00:00.123456+00', '9223372036854775807']
  expect(decodeCursor(encodeCursor('incidents', keys), 'incidents', ['bigint', 'timestamptz', 'bigint'])).toEqual(keys)
})

it('refuses every other text, and never lets one through that is no key', () => {
  const made = fc.tuple(fc.string(), fc.string()).map(keys => encodeCursor('list', keys))
  fc.assert(
    fc.property(fc.oneof(fc.string(), made), cursor => {
      try {
        const [id = ''] = decodeCursor(cursor, 'list', ['bigint', 'bigint'])
        return /^-?\d+$/.test(id)
      } catch (error) {
        return isCordonError(error, 'cursor-invalid')
      }
    }),
  )
})

it('is good for its own list only', () => {
  expect(() => decodeCursor(encodeCursor('orders', ['1']), 'wearers', ['bigint'])).toThrow('not given out by this list')
})
