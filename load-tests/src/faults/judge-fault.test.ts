import { expect, it } from 'vitest'
import type { PublishedTag } from '../generator/messages.ts'
import { compareIncidents } from './judge-fault.ts'

const tag = (id: string, enteredAt: number | null): PublishedTag => ({
  ...{ id, fixes: 10, unacknowledged: [], malformed: 0, enteredAt },
})

it('wants one incident of each wearer who has walked in, and none of the others', () => {
  const tags = [tag('in', 1), tag('lost', 2), tag('twice', 3), tag('out', null), tag('invented', null)]
  const counts = new Map([
    ['in', 1],
    ['twice', 2],
    ['invented', 1],
    ['somebody else', 7],
  ])
  expect(compareIncidents(tags, counts)).toEqual({ entries: 3, lostIncidents: 1, doubledIncidents: 2 })
})
