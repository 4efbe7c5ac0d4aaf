import { describe, expect, it } from 'vitest'
import { aCondition, groupsOf, START } from './condition.fixture.ts'

const idsOf = (groups: readonly { readonly conditionId: string }[]) => groups.map(group => group.conditionId)

describe('conditions in groups', () => {
  it('are one for each condition, with its versions from the lowest on and in order of time', () => {
    const later = { zoneVersion: 2, from: START }
    const groups = groupsOf(
      aCondition('a', { zoneVersion: 3 }),
      aCondition('b'),
      aCondition('a', later),
      aCondition('a', { zoneVersion: 2, priority: 4 }),
    )
    expect(idsOf(groups)).toEqual(['a', 'b'])
    expect(groups[0]?.versions.map(({ zoneVersion }) => zoneVersion)).toEqual([2, 2, 3])
    expect(groups[0]?.versions[1]).toMatchObject(later)
    expect(groups[0]).toMatchObject({ zoneId: 'zone of a', kind: 'exclusion', priority: 0, isPresence: false })
  })

  it('of a zone to be in are presence conditions', () => {
    const groups = groupsOf(
      aCondition('a', { kind: 'inclusion' }),
      aCondition('b', { kind: 'restriction' }),
      aCondition('c', { kind: 'interest' }),
    )
    expect(groups.map(({ isPresence }) => isPresence)).toEqual([true, true, false])
  })

  it('are lifted by presence conditions of higher priority alone, and interest by none', () => {
    const [exclusion, inclusion, restriction, interest] = groupsOf(
      aCondition('exclusion', { priority: 1 }),
      aCondition('inclusion', { kind: 'inclusion', priority: 2 }),
      aCondition('restriction', { kind: 'restriction', priority: 1 }),
      aCondition('interest', { kind: 'interest' }),
      aCondition('another exclusion', { priority: 9 }),
    )
    expect(idsOf(exclusion?.liftedBy ?? [])).toEqual(['inclusion'])
    expect(idsOf(restriction?.liftedBy ?? [])).toEqual(['inclusion'])
    expect(inclusion?.liftedBy).toEqual([])
    expect(interest?.liftedBy).toEqual([])
  })
})
