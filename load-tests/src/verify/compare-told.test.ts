import { describe, expect, it } from 'vitest'
import type { Told } from '../reader/messages.ts'
import { compareTold, type LoggedChange } from './compare-told.ts'

const log: readonly LoggedChange[] = [
  { cursor: '1', incidentId: '10', change: 'raised' },
  { cursor: '2', incidentId: '11', change: 'raised' },
  { cursor: '3', incidentId: '10', change: 'changed' },
  { cursor: '4', incidentId: '12', change: 'raised' },
  { cursor: '5', incidentId: '11', change: 'changed' },
]
const empty: Told = { type: 'resumed', since: '0', cursor: '0', incidentIds: [] }
const change = (index: number): Told => ({ type: 'change', ...(log[index] as LoggedChange) })
const resumed = (since: string, cursor: string, ...incidentIds: string[]): Told => ({
  type: 'resumed',
  since,
  cursor,
  incidentIds,
})
const clean = { missed: 0, doubled: 0, wrong: 0 }

describe('what a client was told', () => {
  it('is right when it is the log', () => {
    expect(compareTold([empty, ...log.map((_, index) => change(index))], log)).toEqual({ told: 5, ...clean })
  })

  it('is right when a reconnect brings what came meanwhile', () => {
    const told = [empty, change(0), resumed('1', '4', '11', '10', '12'), change(4)]
    expect(compareTold(told, log)).toEqual({ told: 5, ...clean })
  })

  it('is not right when a change in the middle or at the end was missed', () => {
    expect(compareTold([empty, change(0), change(2), change(3)], log)).toMatchObject({ ...clean, missed: 2 })
    expect(compareTold([empty, change(0), resumed('3', '5', '12', '11')], log)).toMatchObject({ ...clean, missed: 2 })
  })

  it('is not right when a change comes twice', () => {
    const twice = [empty, change(0), change(1), change(1), change(2), change(3), change(4)]
    expect(compareTold(twice, log)).toMatchObject({ ...clean, doubled: 1 })
    const again = [empty, change(0), change(1), resumed('1', '5', '11', '10', '12', '11')]
    expect(compareTold(again, log)).toMatchObject({ ...clean, doubled: 1 })
  })

  it('is not right when a resumed client is told another incident, or one too few', () => {
    expect(compareTold([empty, resumed('0', '5', '10', '11', '10', '12', '99')], log)).toMatchObject({
      ...clean,
      wrong: 1,
    })
    expect(compareTold([empty, resumed('0', '5', '10', '11', '10', '12')], log)).toMatchObject({ ...clean, wrong: 1 })
  })

  it('is not right when nothing was told', () => {
    expect(compareTold([], log)).toEqual({ told: 0, ...clean, missed: 5 })
  })
})
