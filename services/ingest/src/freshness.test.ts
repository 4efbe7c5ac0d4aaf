import { type ActivationId, asId } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { createFreshness } from './freshness.ts'

const id = (number: number) => asId<ActivationId>(String(number))
const HOUR = 3_600_000

describe('createFreshness', () => {
  it('tells of a backlog when even the freshest fix is old', () => {
    const freshness = createFreshness()
    freshness.backlogMs(10_000)
    for (const tag of [1, 2, 3]) freshness.note(id(tag), 12_000 - HOUR - tag, 12_000)
    expect(freshness.backlogMs(15_000)).toBe(HOUR + 1)
  })

  it('is not troubled by one tag that sends an old track among others that report', () => {
    const freshness = createFreshness()
    freshness.backlogMs(10_000)
    for (const tag of [1, 2, 3, 4]) freshness.note(id(tag), tag === 1 ? 12_000 - HOUR : 11_500, 12_000)
    expect(freshness.backlogMs(15_000)).toBe(500)
  })

  it('says nothing from one or two tags, or of clocks that are ahead', () => {
    const freshness = createFreshness()
    freshness.backlogMs(10_000)
    for (const tag of [1, 2]) freshness.note(id(tag), 0, HOUR)
    expect(freshness.backlogMs(15_000)).toBe(0)
    for (const tag of [1, 2, 3]) freshness.note(id(tag), 20_000, 16_000)
    expect(freshness.backlogMs(20_000)).toBe(0)
  })

  it('keeps its answer for five seconds, and forgets the past', () => {
    const freshness = createFreshness()
    freshness.backlogMs(10_000)
    for (const tag of [1, 2, 3]) freshness.note(id(tag), 0, HOUR)
    expect(freshness.backlogMs(12_000)).toBe(0)
    expect(freshness.backlogMs(15_000)).toBe(HOUR)
    expect(freshness.backlogMs(20_000)).toBe(0)
    expect(freshness.backlogMs(1_000)).toBe(0)
  })
})
