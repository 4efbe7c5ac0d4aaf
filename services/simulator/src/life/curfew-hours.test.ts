import { describe, expect, it } from 'vitest'
import { curfewAt, middleOf } from './curfew-hours.ts'

const night = { from: '19:00', to: '07:00' }
const day = { from: '06:30', to: '19:30' }
const at = (text: string) => Date.parse(text)

describe('curfewAt', () => {
  it('finds the night’s hours on either side of midnight', () => {
    const hours = { from: at('2026-11-22T19:00Z'), to: at('2026-11-23T07:00Z') }
    for (const time of ['2026-11-22T19:00Z', '2026-11-22T23:59Z', '2026-11-23T00:00Z', '2026-11-23T06:59Z']) {
      expect(curfewAt(night, at(time))).toEqual(hours)
    }
    for (const time of ['2026-11-22T18:59Z', '2026-11-23T07:00Z']) expect(curfewAt(night, at(time))).toBeUndefined()
  })

  it('keeps to the clock on the wall in summer and through both changes', () => {
    expect(curfewAt(day, at('2026-07-01T12:00Z'))).toEqual({
      from: at('2026-07-01T05:30Z'),
      to: at('2026-07-01T18:30Z'),
    })
    expect(curfewAt(night, at('2026-10-25T00:30Z'))).toEqual({
      from: at('2026-10-24T18:00Z'),
      to: at('2026-10-25T07:00Z'),
    })
    expect(curfewAt(night, at('2027-03-28T00:30Z'))).toEqual({
      from: at('2027-03-27T19:00Z'),
      to: at('2027-03-28T06:00Z'),
    })
  })

  it('finds none for whoever has no curfew', () => {
    expect(curfewAt(null, at('2026-11-22T23:00Z'))).toBeUndefined()
  })
})

describe('middleOf', () => {
  it('is one in the morning for a night, and one in the afternoon for a day', () => {
    expect([middleOf(night), middleOf(day), middleOf({ from: '21:00', to: '06:00' })]).toEqual([60, 780, 90])
  })
})
