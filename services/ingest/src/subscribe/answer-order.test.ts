import { expect, it } from 'vitest'
import { createAnswerOrder } from './answer-order.ts'

it('answers in the order in which the messages came, in whatever order they are kept', () => {
  const order = createAnswerOrder()
  for (const id of [7, 8, 9, 3]) order.received(id)
  expect(order.due()).toEqual([])
  order.kept(8)
  order.kept(3)
  expect(order.due()).toEqual([])
  order.kept(7)
  expect(order.due()).toEqual([7, 8])
  order.received(7)
  order.kept(9)
  expect(order.due()).toEqual([9, 3])
  expect(order.due()).toEqual([])
  order.kept(7)
  expect(order.due()).toEqual([7])
})

it('knows nothing of an earlier connection', () => {
  const order = createAnswerOrder()
  order.received(1)
  order.received(2)
  order.kept(2)
  order.clear()
  order.received(2)
  expect(order.due()).toEqual([])
})
