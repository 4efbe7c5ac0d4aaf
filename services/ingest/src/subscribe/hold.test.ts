import { expect, it } from 'vitest'
import { createHold } from './hold.ts'

it('is full at its maximum and has room again at half of it', () => {
  const hold = createHold(4)
  expect([1, 2, 3].map(() => hold.take(100))).toEqual([false, false, false])
  expect(hold.take(100)).toBe(true)
  expect(hold.isFull()).toBe(true)
  hold.release(100)
  expect(hold.mayGoOn()).toBe(false)
  hold.release(100)
  expect(hold.mayGoOn()).toBe(true)
  expect(hold.isFull()).toBe(false)
})

it('is too much for another connection at twice its maximum, by number or by bytes', () => {
  const byNumber = createHold(4)
  for (let taken = 0; taken < 7; taken++) byNumber.take(1)
  expect(byNumber.isTooMuch()).toBe(false)
  byNumber.take(1)
  expect(byNumber.isTooMuch()).toBe(true)
  byNumber.release(1)
  expect(byNumber.isTooMuch()).toBe(false)
  const byBytes = createHold(1_000)
  for (let taken = 0; taken < 128; taken++) byBytes.take(1_048_576)
  expect(byBytes.isTooMuch()).toBe(true)
})
