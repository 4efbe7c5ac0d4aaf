import type { Hours } from '@cordon/contract'
import { zoneClock } from './zone-clock.ts'

export type HoursProblemCode =
  | 'unknown-time-zone'
  | 'never-applies'
  | 'no-such-date'
  | 'duplicate-exception'
  | 'contradicting-exception'

export interface HoursProblem {
  readonly code: HoursProblemCode
  /** JSON pointer into the hours, such as `/exceptions/0/date`. */
  readonly field: string
  /** What is wrong and what to do about it, for the person who wrote the hours. */
  readonly detail: string
}

/**
 * What no schema can say of hours that people send: none when they can be compiled and mean something. Equal `from` and `to` are no
 * problem (24 hours), nor are windows that overlap (they are one).
 */
export function checkHours(hours: Hours): readonly HoursProblem[] {
  return [...timeZoneProblems(hours), ...emptyProblems(hours), ...exceptionProblems(hours)]
}

function timeZoneProblems({ timeZone }: Hours): readonly HoursProblem[] {
  if (zoneClock(timeZone) !== undefined) return []
  const detail = `there is no time zone ${JSON.stringify(timeZone)}; give an IANA name such as Europe/London`
  return [{ code: 'unknown-time-zone', field: '/timeZone', detail }]
}

function emptyProblems({ weekly, exceptions = [] }: Hours): readonly HoursProblem[] {
  if (weekly.length > 0 || exceptions.some(({ applies }) => applies)) return []
  const detail =
    'these hours never apply; give a weekly window or an added exception, or leave the hours out for always'
  return [{ code: 'never-applies', field: '/weekly', detail }]
}

function exceptionProblems({ exceptions = [] }: Hours): readonly HoursProblem[] {
  const problems: HoursProblem[] = []
  const seen = new Map<string, { readonly place: number; readonly applies: boolean }>()
  exceptions.forEach(({ date, from, to, applies }, place) => {
    if (!isDate(date)) problems.push(noSuchDate(date, place))
    const key = `${date} ${from} ${to}`
    const earlier = seen.get(key)
    if (earlier === undefined) seen.set(key, { place, applies })
    else if (earlier.applies === applies) problems.push(duplicate(earlier.place, place))
    else problems.push(contradiction(earlier.place, place))
  })
  return problems
}

function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

function noSuchDate(date: string, place: number): HoursProblem {
  const detail = `there is no date ${JSON.stringify(date)} in the calendar; write it as 2026-12-25`
  return { code: 'no-such-date', field: `/exceptions/${place}/date`, detail }
}

function duplicate(earlier: number, place: number): HoursProblem {
  const detail = `this exception is the same as exception ${earlier}; leave one of them out`
  return { code: 'duplicate-exception', field: `/exceptions/${place}`, detail }
}

function contradiction(earlier: number, place: number): HoursProblem {
  const detail = `exception ${earlier} says the opposite of the same time; leave one of them out`
  return { code: 'contradicting-exception', field: `/exceptions/${place}/applies`, detail }
}
