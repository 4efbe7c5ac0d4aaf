import { asId } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { aCondition, aPass, daily, START, zoneAt } from './condition.fixture.ts'
import { listConditions, toWatchedCondition } from './condition-list.ts'

describe('conditions in a list', () => {
  it('are given back whole and in their order, whatever they have in common', () => {
    const conditions = [
      aCondition('a'),
      aCondition('b', { zone: zoneAt(-0.8), zoneId: asId('another') }),
      aCondition('c', { zoneVersion: 2 }),
      aCondition('d', { kind: 'interest' }),
      aCondition('e', { priority: 3 }),
      aCondition('f', { from: START }),
      aCondition('g', { to: START + 1 }),
      aCondition('h', { hours: daily('19:00', '07:00') }),
      aCondition('i', { passes: [aPass(1, 2)] }),
      aCondition('j', { bufferM: 50 }),
      aCondition('k'),
    ]
    expect(listConditions(conditions).map(toWatchedCondition)).toEqual(conditions)
  })

  it('have one object for what neighbours have in common', () => {
    const none: never[] = []
    const [first, second, third] = listConditions([
      aCondition('a', { passes: none }),
      aCondition('b', { passes: none }),
      aCondition('c', { passes: none, bufferM: 20 }),
    ])
    expect(second?.terms).toBe(first?.terms)
    expect(third?.terms).not.toBe(second?.terms)
  })
})
