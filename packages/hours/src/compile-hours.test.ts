import type { Hours } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { compileHours } from './compile-hours.ts'
import type { Period } from './period.ts'

const HOUR = 3_600_000
const EVERY_DAY: Hours['weekly'][number]['days'] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

const utc = (text: string): number => Date.parse(`${text}Z`)

function daily(from: string, to: string, given: Partial<Hours> = {}) {
  return compileHours({ timeZone: 'Europe/London', weekly: [{ days: EVERY_DAY, from, to }], ...given })
}

/** `2026-03-28T19:00 2026-03-29T06:00`, in UTC. */
function shown(period: Period | undefined): string {
  if (period === undefined) return 'none'
  const text = (at: number) => (Number.isFinite(at) ? new Date(at).toISOString().slice(0, 16) : String(at))
  return `${text(period.from)} ${text(period.to)}`
}

describe('weekly windows', () => {
  it('belong to the day on which they begin and run over midnight', () => {
    const hours = compileHours({ timeZone: 'Europe/London', weekly: [{ days: ['fri'], from: '19:00', to: '07:00' }] })
    const night = '2026-01-16T19:00 2026-01-17T07:00'
    expect(shown(hours.windowAt(utc('2026-01-17T06:59:59.999')))).toBe(night)
    expect(shown(hours.windowAt(utc('2026-01-16T19:00')))).toBe(night)
    expect(hours.windowAt(utc('2026-01-17T07:00'))).toBeUndefined()
    expect(hours.windowAt(utc('2026-01-16T06:00'))).toBeUndefined()
    expect(shown(hours.nextWindow(utc('2026-01-16T19:00')))).toBe('2026-01-23T19:00 2026-01-24T07:00')
    expect(shown(hours.nextWindow(utc('2026-01-16T18:59')))).toBe(night)
  })

  it('last a whole day when they end as they begin', () => {
    const hours = compileHours({ timeZone: 'Asia/Tokyo', weekly: [{ days: ['mon'], from: '18:00', to: '18:00' }] })
    expect(shown(hours.windowAt(utc('2026-06-15T12:00')))).toBe('2026-06-15T09:00 2026-06-16T09:00')
  })

  it('are one where they touch or overlap, and never end where they leave nothing out', () => {
    const two = compileHours({
      timeZone: 'Europe/London',
      weekly: [
        { days: ['mon'], from: '19:00', to: '00:00' },
        { days: ['tue'], from: '00:00', to: '06:00' },
        { days: ['tue'], from: '05:00', to: '07:00' },
      ],
    })
    expect(shown(two.windowAt(utc('2026-01-12T20:00')))).toBe('2026-01-12T19:00 2026-01-13T07:00')
    expect(shown(daily('00:00', '00:00').windowAt(utc('2026-01-12T20:00')))).toBe('-Infinity Infinity')
    const always = daily('01:30', '01:30')
    expect(shown(always.windowAt(utc('2026-03-29T01:30')))).toBe('-Infinity Infinity')
    expect(always.nextWindow(utc('2026-03-29T01:30'))).toBeUndefined()
    expect(always.gapAt(utc('2026-03-29T01:30'))).toBeUndefined()
  })

  it('leave gaps with a beginning and an end', () => {
    expect(shown(daily('19:00', '07:00').gapAt(utc('2026-01-12T12:00')))).toBe('2026-01-12T07:00 2026-01-12T19:00')
    expect(shown(daily('07:00', '19:00').gapAt(utc('2026-01-12T02:00')))).toBe('2026-01-11T19:00 2026-01-12T07:00')
  })
})

describe('a long watch', () => {
  it('finds every night of a year, forwards and backwards', () => {
    const hours = daily('19:00', '07:00', { timeZone: 'UTC' })
    const noons = Array.from({ length: 365 }, (_, day) => utc('2026-01-01T12:00') + day * 24 * HOUR)
    for (const noon of [...noons, ...noons.toReversed()])
      expect(hours.nextWindow(noon)).toMatchObject({ from: noon + 7 * HOUR, to: noon + 19 * HOUR })
  })
})

describe('the night the clocks go forward (London, 29 March 2026, 01:00 UTC)', () => {
  it('a curfew over the change keeps its wall times and has 11 hours', () => {
    const window = daily('19:00', '07:00').windowAt(utc('2026-03-29T01:00'))
    expect(shown(window)).toBe('2026-03-28T19:00 2026-03-29T06:00')
    expect((window?.to ?? 0) - (window?.from ?? 0)).toBe(11 * HOUR)
  })

  it('a window that begins or ends in the missing hour does so at the change', () => {
    expect(shown(daily('01:30', '04:00').windowAt(utc('2026-03-29T02:00')))).toBe('2026-03-29T01:00 2026-03-29T03:00')
    expect(shown(daily('23:00', '01:30').windowAt(utc('2026-03-29T00:00')))).toBe('2026-03-28T23:00 2026-03-29T01:00')
    expect(shown(daily('23:00', '01:00').windowAt(utc('2026-03-29T00:00')))).toBe('2026-03-28T23:00 2026-03-29T01:00')
    expect(shown(daily('02:00', '04:00').windowAt(utc('2026-03-29T02:00')))).toBe('2026-03-29T01:00 2026-03-29T03:00')
  })

  it('a window within the missing hour does not occur', () => {
    const hours = daily('01:15', '01:45')
    expect(hours.windowAt(utc('2026-03-29T01:00'))).toBeUndefined()
    expect(shown(hours.nextWindow(utc('2026-03-28T01:15')))).toBe('2026-03-30T00:15 2026-03-30T00:45')
  })

  it('an exception in the missing hour ends at the change or takes nothing', () => {
    const without = (from: string, to: string) =>
      daily('22:00', '06:00', { exceptions: [{ date: '2026-03-29', from, to, applies: false }] })
    expect(shown(without('00:30', '01:30').gapAt(utc('2026-03-29T00:45')))).toBe('2026-03-29T00:30 2026-03-29T01:00')
    expect(shown(without('01:15', '01:45').windowAt(utc('2026-03-29T00:45')))).toBe('2026-03-28T22:00 2026-03-29T05:00')
  })
})

describe('the night the clocks go back (London, 25 October 2026, 01:00 UTC)', () => {
  it('a curfew over the change has 13 hours', () => {
    const window = daily('19:00', '07:00').windowAt(utc('2026-10-25T01:00'))
    expect(shown(window)).toBe('2026-10-24T18:00 2026-10-25T07:00')
    expect((window?.to ?? 0) - (window?.from ?? 0)).toBe(13 * HOUR)
  })

  it('a window begins at the first and ends at the second occurrence in the repeated hour', () => {
    expect(shown(daily('01:30', '04:00').windowAt(utc('2026-10-25T02:00')))).toBe('2026-10-25T00:30 2026-10-25T04:00')
    expect(shown(daily('23:00', '01:30').windowAt(utc('2026-10-25T00:00')))).toBe('2026-10-24T22:00 2026-10-25T01:30')
  })

  it('a window within the repeated hour lasts from its first beginning to its second end', () => {
    expect(shown(daily('01:15', '01:45').windowAt(utc('2026-10-25T01:00')))).toBe('2026-10-25T00:15 2026-10-25T01:45')
    expect(shown(daily('01:00', '02:00').windowAt(utc('2026-10-25T01:00')))).toBe('2026-10-25T00:00 2026-10-25T02:00')
  })

  it('a window that ends as the repeated hour begins is not prolonged, for none of its times is repeated', () => {
    expect(shown(daily('23:00', '01:00').windowAt(utc('2026-10-24T23:30')))).toBe('2026-10-24T22:00 2026-10-25T00:00')
  })

  it('an exception takes away no more than written', () => {
    const without = (from: string, to: string) =>
      daily('22:00', '06:00', { exceptions: [{ date: '2026-10-25', from, to, applies: false }] })
    expect(shown(without('01:30', '05:00').gapAt(utc('2026-10-25T02:00')))).toBe('2026-10-25T01:30 2026-10-25T05:00')
    expect(shown(without('00:00', '01:30').gapAt(utc('2026-10-25T00:00')))).toBe('2026-10-24T23:00 2026-10-25T00:30')
    expect(shown(without('01:10', '01:40').gapAt(utc('2026-10-25T00:20')))).toBe('2026-10-25T00:10 2026-10-25T00:40')
  })
})

describe('elsewhere', () => {
  it('in the south the changes are the other way about (Sydney, 4 October and 5 April 2026)', () => {
    const hours = daily('19:00', '07:00', { timeZone: 'Australia/Sydney' })
    expect(shown(hours.windowAt(utc('2026-10-03T16:00')))).toBe('2026-10-03T09:00 2026-10-03T20:00')
    expect(shown(hours.windowAt(utc('2026-04-04T16:00')))).toBe('2026-04-04T08:00 2026-04-04T21:00')
  })

  it('a change of half an hour counts half an hour (Lord Howe)', () => {
    const hours = daily('19:00', '07:00', { timeZone: 'Australia/Lord_Howe' })
    expect(shown(hours.windowAt(utc('2026-10-03T16:00')))).toBe('2026-10-03T08:30 2026-10-03T20:00')
    expect(shown(hours.windowAt(utc('2026-04-04T16:00')))).toBe('2026-04-04T08:00 2026-04-04T20:30')
  })

  it('a date that was left out has no hours of its own, and those over it are cut (Apia, 30 December 2011)', () => {
    const hours = daily('19:00', '07:00', { timeZone: 'Pacific/Apia' })
    expect(shown(hours.windowAt(utc('2011-12-30T09:00')))).toBe('2011-12-30T05:00 2011-12-30T17:00')
    const noon = daily('12:00', '13:00', { timeZone: 'Pacific/Apia' })
    expect(shown(noon.nextWindow(utc('2011-12-29T23:00')))).toBe('2011-12-30T22:00 2011-12-30T23:00')
    expect(shown(noon.gapAt(utc('2011-12-30T10:00')))).toBe('2011-12-29T23:00 2011-12-30T22:00')
  })

  it('where midnight itself is repeated, the evening before lasts until its second end (St John’s, 7 November 2010)', () => {
    const hours = daily('23:15', '23:45', { timeZone: 'America/St_Johns' })
    expect(shown(hours.windowAt(utc('2010-11-07T03:00')))).toBe('2010-11-07T01:45 2010-11-07T03:15')
    expect(shown(hours.gapAt(utc('2010-11-07T03:20')))).toBe('2010-11-07T03:15 2010-11-08T02:45')
    const sinceFriday = (given: Partial<Hours>) => compileHours({ timeZone: hours.timeZone, weekly: [], ...given })
    for (const long of [
      sinceFriday({ weekly: [{ days: ['fri'], from: '23:59', to: '23:59' }] }),
      sinceFriday({ exceptions: [{ date: '2010-11-05', from: '23:59', to: '23:59', applies: true }] }),
    ]) {
      expect(shown(long.windowAt(utc('2010-11-07T03:00')))).toBe('2010-11-06T02:29 2010-11-07T03:29')
      expect(long.gapAt(utc('2010-11-07T03:29'))?.from).toBe(utc('2010-11-07T03:29'))
    }
  })

  it('a zone is known by any way of writing it, and an unknown one is refused', () => {
    expect(daily('19:00', '07:00', { timeZone: 'europe/london' }).timeZone).toBe('Europe/London')
    for (const timeZone of ['Europe/Northampton', '+01:00', '2026-01-01T00:00Z[Europe/London]'])
      expect(() => daily('19:00', '07:00', { timeZone })).toThrow(`there is no time zone "${timeZone}"`)
  })
})

describe('exceptions', () => {
  const exception = (date: string, from: string, to: string, applies: boolean) => ({ date, from, to, applies })

  it('take their time from whichever day’s window lies there', () => {
    const hours = daily('19:00', '07:00', { exceptions: [exception('2026-12-25', '00:00', '00:00', false)] })
    expect(shown(hours.windowAt(utc('2026-12-24T20:00')))).toBe('2026-12-24T19:00 2026-12-25T00:00')
    expect(shown(hours.gapAt(utc('2026-12-25T20:00')))).toBe('2026-12-25T00:00 2026-12-26T00:00')
    expect(shown(hours.windowAt(utc('2026-12-26T00:00')))).toBe('2026-12-26T00:00 2026-12-26T07:00')
  })

  it('take a night over midnight', () => {
    const hours = daily('19:00', '07:00', { exceptions: [exception('2026-12-31', '21:00', '02:00', false)] })
    expect(shown(hours.gapAt(utc('2027-01-01T01:00')))).toBe('2026-12-31T21:00 2027-01-01T02:00')
  })

  it('add time, also over midnight and beside a window', () => {
    const hours = daily('19:00', '22:00', { exceptions: [exception('2026-12-31', '22:00', '02:00', true)] })
    expect(shown(hours.windowAt(utc('2027-01-01T01:00')))).toBe('2026-12-31T19:00 2027-01-01T02:00')
  })

  it('that add beat those that take away, in any order', () => {
    const both = [exception('2026-12-25', '00:00', '00:00', false), exception('2026-12-25', '12:00', '14:00', true)]
    for (const exceptions of [both, both.toReversed()])
      expect(shown(daily('09:00', '17:00', { exceptions }).windowAt(utc('2026-12-25T13:00')))).toBe(
        '2026-12-25T12:00 2026-12-25T14:00',
      )
  })

  it('alone make hours of a few dates, however far apart', () => {
    const hours = compileHours({
      timeZone: 'Europe/London',
      weekly: [],
      exceptions: [exception('2026-02-01', '10:00', '12:00', true), exception('9990-01-01', '22:00', '02:00', true)],
    })
    expect(shown(hours.gapAt(utc('2020-01-01T00:00')))).toBe('-Infinity 2026-02-01T10:00')
    expect(shown(hours.nextWindow(utc('2020-01-01T00:00')))).toBe('2026-02-01T10:00 2026-02-01T12:00')
    expect(shown(hours.nextWindow(utc('2026-02-01T10:00')))).toBe('9990-01-01T22:00 9990-01-02T02:00')
    expect(shown(hours.gapAt(utc('9991-01-01T00:00')))).toBe('9990-01-02T02:00 Infinity')
    expect(hours.nextWindow(utc('9990-01-01T22:00'))).toBeUndefined()
  })

  it('interrupt hours that otherwise never end', () => {
    const hours = daily('00:00', '00:00', {
      exceptions: [exception('2026-12-25', '10:00', '16:00', false), exception('9990-01-01', '22:00', '02:00', false)],
    })
    expect(shown(hours.windowAt(utc('2020-01-01T00:00')))).toBe('-Infinity 2026-12-25T10:00')
    expect(shown(hours.windowAt(utc('2026-12-25T16:00')))).toBe('2026-12-25T16:00 9990-01-01T22:00')
    expect(shown(hours.windowAt(utc('9991-01-01T00:00')))).toBe('9990-01-02T02:00 Infinity')
  })

  it('that take everything away leave hours that never apply', () => {
    const hours = compileHours({
      timeZone: 'Europe/London',
      weekly: [],
      exceptions: [exception('2026-02-01', '10:00', '12:00', false)],
    })
    expect(shown(hours.gapAt(utc('2026-02-01T11:00')))).toBe('-Infinity Infinity')
    expect(hours.nextWindow(utc('2026-02-01T11:00'))).toBeUndefined()
  })
})
