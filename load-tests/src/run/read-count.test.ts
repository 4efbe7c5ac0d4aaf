import { expect, it } from 'vitest'
import { readCount } from './read-count.ts'

it('takes a whole number within its limits', () => {
  expect(readCount('tags', '1', { max: 5 })).toBe(1)
  expect(readCount('tags', '5', { max: 5 })).toBe(5)
})

it.each(['', '0', '6', '2.5', '1e9', 'many', '-3'])('says what --tags takes when it is given "%s"', given => {
  expect(() => readCount('tags', given, { max: 5 })).toThrow(`--tags takes a whole number from 1 to 5, not "${given}"`)
})
