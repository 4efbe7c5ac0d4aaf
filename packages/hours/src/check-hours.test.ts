import type { Hours } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { checkHours } from './check-hours.ts'

const CURFEW: Hours = { timeZone: 'Europe/London', weekly: [{ days: ['mon'], from: '19:00', to: '07:00' }] }
const CHRISTMAS = { date: '2026-12-25', from: '00:00', to: '00:00', applies: false }

const problems = (given: Partial<Hours>) => checkHours({ ...CURFEW, ...given }).map(({ code, field }) => [code, field])

describe('hours that people send', () => {
  it('are without problem when they can be compiled and mean something', () => {
    expect(problems({})).toEqual([])
    expect(problems({ weekly: [], exceptions: [{ ...CHRISTMAS, applies: true }] })).toEqual([])
    expect(problems({ exceptions: [CHRISTMAS, { ...CHRISTMAS, from: '12:00', to: '14:00', applies: true }] })).toEqual(
      [],
    )
    expect(problems({ exceptions: [{ ...CHRISTMAS, date: '2028-02-29' }] })).toEqual([])
  })

  it('need a time zone that exists', () => {
    expect(problems({ timeZone: 'Europe/Northampton' })).toEqual([['unknown-time-zone', '/timeZone']])
    expect(problems({ timeZone: '+01:00' })).toEqual([['unknown-time-zone', '/timeZone']])
  })

  it('must apply at some time', () => {
    expect(problems({ weekly: [] })).toEqual([['never-applies', '/weekly']])
    expect(problems({ weekly: [], exceptions: [CHRISTMAS] })).toEqual([['never-applies', '/weekly']])
  })

  it('name only dates that exist', () => {
    const exceptions = ['2026-02-29', '2026-13-01', 'Christmas'].map(date => ({ ...CHRISTMAS, date }))
    expect(problems({ exceptions })).toEqual([
      ['no-such-date', '/exceptions/0/date'],
      ['no-such-date', '/exceptions/1/date'],
      ['no-such-date', '/exceptions/2/date'],
    ])
  })

  it('say each exception once, and not its opposite', () => {
    const exceptions = [CHRISTMAS, CHRISTMAS, { ...CHRISTMAS, applies: true }]
    expect(problems({ exceptions })).toEqual([
      ['duplicate-exception', '/exceptions/1'],
      ['contradicting-exception', '/exceptions/2/applies'],
    ])
  })

  it('are told in words that say what to do', () => {
    expect(checkHours({ ...CURFEW, timeZone: 'Mars' })[0]?.detail).toBe(
      'there is no time zone "Mars"; give an IANA name such as Europe/London',
    )
  })
})
