import fc from 'fast-check'
import Format from 'typebox/format'
import { describe, expect, it } from 'vitest'
import { instantOf, LATEST_INSTANT, parseInstant } from './instant.ts'

const two = (n: number): string => String(n).padStart(2, '0')
const calendar = fc.record({
  year: fc.integer({ min: 1960, max: 2110 }),
  month: fc.integer({ min: 0, max: 13 }),
  day: fc.integer({ min: 0, max: 32 }),
  hour: fc.integer({ min: 0, max: 25 }),
  minute: fc.integer({ min: 0, max: 61 }),
  second: fc.integer({ min: 0, max: 61 }),
  fraction: fc.constantFrom('', '.5', '.12', '.123', '.', '.0000'),
  offset: fc.constantFrom('Z', '+00:00', '-00:00', '+01:00', '-09:30', '+23:59', '+24:00', '+01:60', '', 'z', '+0100'),
})

/** The oracle: the schema library's format check says whether it is an instant, `Date.parse` says which. It knows no leap seconds. */
function oracle(text: string): number | null {
  if (!Format.IsDateTime(text) || /[a-z]/.test(text)) return null
  const millis = text.includes(':60') ? Date.parse(text.replace(/:60(?=[.Z+-])/, ':59')) + 1_000 : Date.parse(text)
  return millis >= 0 && millis <= LATEST_INSTANT ? millis : null
}

describe('parseInstant', () => {
  it('agrees with the format check and Date.parse on calendar-like texts', () => {
    const property = fc.property(calendar, ({ year, month, day, hour, minute, second, fraction, offset }) => {
      const text = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${fraction}${offset}`
      expect([text, parseInstant(text)]).toEqual([text, oracle(text)])
    })
    fc.assert(property, { numRuns: 5_000 })
  })

  it('reads back what a clock prints', () => {
    const property = fc.property(fc.integer({ min: 0, max: LATEST_INSTANT }), millis => {
      expect(parseInstant(new Date(millis).toISOString())).toBe(millis)
    })
    fc.assert(property, { numRuns: 1_000 })
  })

  it('never throws on any text', () => {
    fc.assert(fc.property(fc.string(), text => parseInstant(text) === null || Number.isInteger(parseInstant(text))))
  })

  it.each([
    ['2026-02-30T00:00:00Z', 'a day that the month has not'],
    ['2025-02-29T00:00:00Z', 'a leap day in a year that is none'],
    ['2100-01-01T00:00:00.001Z', 'after 2100'],
    ['1969-12-31T23:59:59.999Z', 'before 1970'],
    ['0026-11-22T06:00:00Z', 'a year of two digits'],
    ['2026-11-22T06:00Z', 'without seconds'],
    ['2026-11-22T24:00:00Z', 'hour 24'],
    ['2026-11-22T06:00:60Z', 'second 60 where no leap second can be'],
    ['2026-11-22 06:00:00Z', 'a space for the T'],
    ['2026-11-22T06:00:00', 'without an offset'],
    ['2026-11-22T06:00:00.1234567890Z', 'ten digits of fraction'],
    ['2026-11-22T06:00:00Z ', 'something behind'],
    ['２０２６-11-22T06:00:00Z', 'digits of another script'],
  ])('refuses %s: %s', text => {
    expect(parseInstant(text)).toBeNull()
  })

  it.each([
    ['2026-11-22T06:00:00.9999Z', '2026-11-22T06:00:00.999Z'],
    ['2026-11-22T06:00:00.5Z', '2026-11-22T06:00:00.500Z'],
    ['2026-11-22T06:00:00+01:00', '2026-11-22T05:00:00.000Z'],
    ['1970-01-01T00:30:00+00:30', '1970-01-01T00:00:00.000Z'],
    ['1969-12-31T23:30:00-00:30', '1970-01-01T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2024-02-29T12:00:00.123456789Z', '2024-02-29T12:00:00.123Z'],
  ])('reads %s as %s', (text, meant) => {
    expect(parseInstant(text)).toBe(Date.parse(meant))
  })
})

describe('instantOf', () => {
  it('takes whole epoch milliseconds from 1970 to 2100, and never gives -0', () => {
    expect([0, 1_795_330_800_000, LATEST_INSTANT].map(instantOf)).toEqual([0, 1_795_330_800_000, LATEST_INSTANT])
    expect(Object.is(instantOf(-0), 0)).toBe(true)
  })

  it('gives NaN for anything else', () => {
    for (const value of [-1, 0.5, LATEST_INSTANT + 1, Number.POSITIVE_INFINITY, true, null, {}, '1795330800000']) {
      expect(instantOf(value)).toBeNaN()
    }
  })
})
