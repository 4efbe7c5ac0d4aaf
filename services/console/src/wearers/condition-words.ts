import type { Condition, Hours, Pass, Zone } from '@cordon/contract'
import { kindLabels } from '../map/zone-kinds.ts'
import { minuteWords } from '../status/time-words.ts'

/** More dated exceptions than this are counted, not told one by one. */
const exceptionsShown = 3
const dayOrder = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const dayWords = { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' } as const

export type ConditionLine = {
  readonly id: string
  readonly kind: string
  /** Zone, buffer, priority and time in force. */
  readonly zone: string
  /** "19:00-07:00 every day, Europe/London". */
  readonly hours: string
  readonly passes: readonly string[]
}

export type ConditionSubject = {
  readonly condition: Condition
  readonly zone: Zone | undefined
  readonly passes: readonly Pass[]
}

/** A condition in words: what it forbids or asks, when, and what is permitted all the same. */
export function conditionLine({ condition, zone, passes }: ConditionSubject, nowMs: number): ConditionLine {
  const parts = [
    zone?.name ?? `Zone ${condition.zoneId}`,
    zone && zone.buffer > 0 && `buffer ${zone.buffer} m`,
    condition.priority > 0 && `priority ${condition.priority}`,
    Date.parse(condition.from) > nowMs && `from ${minuteWords(Date.parse(condition.from), nowMs)}`,
    condition.to !== undefined && `until ${minuteWords(Date.parse(condition.to), nowMs)}`,
  ]
  return {
    id: condition.id,
    kind: zone === undefined ? 'Condition' : kindLabels[zone.kind],
    zone: parts.filter(Boolean).join(', '),
    hours: condition.hours === undefined ? 'at all times' : hoursWords(condition.hours),
    passes: passes.filter(({ to }) => Date.parse(to) > nowMs).map(pass => passWords(pass, nowMs)),
  }
}

/** "Pass now, until 21:30, along a corridor: hospital". */
function passWords({ from, to, reason, corridor }: Pass, nowMs: number): string {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
  const time =
    fromMs <= nowMs
      ? `now, until ${minuteWords(toMs, nowMs)}`
      : `${minuteWords(fromMs, nowMs)} to ${minuteWords(toMs, nowMs)}`
  return `Pass ${time}${corridor === undefined ? '' : ', along a corridor'}: ${reason}`
}

/** "19:00-07:00 every day, Europe/London", "09:00-17:00 Mon to Fri and 10:00-12:00 Wed, Sun, Europe/London". */
export function hoursWords({ weekly, exceptions = [], timeZone }: Hours): string {
  const windows = weekly.map(({ days, from, to }) => `${from}-${to} ${daysWords(days)}`)
  const dated = exceptions.map(({ date, from, to, applies }) => `${date} ${from}-${to}${applies ? ' too' : ' not'}`)
  const shown = dated.slice(0, exceptionsShown)
  const more = dated.length > shown.length ? [`${dated.length - shown.length} more dated`] : []
  const except = dated.length === 0 ? '' : ` (${[...shown, ...more].join('; ')})`
  return `${windows.length === 0 ? 'no weekly hours' : windows.join(' and ')}${except}, ${timeZone}`
}

function daysWords(days: Hours['weekly'][number]['days']): string {
  const chosen = dayOrder.filter(day => days.includes(day))
  const [first] = chosen
  const last = chosen.at(-1)
  if (chosen.length === 7 || first === undefined || last === undefined) return 'every day'
  const isRun = dayOrder.indexOf(last) - dayOrder.indexOf(first) === chosen.length - 1
  return isRun && chosen.length > 2
    ? `${dayWords[first]} to ${dayWords[last]}`
    : chosen.map(day => dayWords[day]).join(', ')
}
