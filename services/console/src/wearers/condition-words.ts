import type { Condition, Hours, Zone, ZoneKind } from '@cordon/contract'

const kindWords: Readonly<Record<ZoneKind, string>> = {
  exclusion: 'Exclusion',
  inclusion: 'Inclusion',
  restriction: 'Restriction',
  interest: 'Interest',
}

const dayOrder = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const dayWords = { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' } as const

/** One line per condition: its kind, and its zone with hours and buffer. */
export function conditionLine(condition: Condition, zone: Zone | undefined): readonly [string, string] {
  if (zone === undefined) return ['Condition', `zone ${condition.zoneId}`]
  const parts = [
    zone.name,
    zone.buffer > 0 && `buffer ${zone.buffer} m`,
    condition.hours && hoursWords(condition.hours),
  ]
  return [kindWords[zone.kind], parts.filter(Boolean).join(', ')]
}

/** "19:00 to 07:00", "Mon to Fri 09:00 to 17:00", several windows joined by "and". */
export function hoursWords(hours: Hours): string {
  const windows = hours.weekly.map(({ days, from, to }) => {
    const which = daysWords(days)
    return `${which === '' ? '' : `${which} `}${from} to ${to}`
  })
  const exceptions = hours.exceptions?.length ?? 0
  const more = exceptions === 0 ? '' : ` (${exceptions} dated exception${exceptions === 1 ? '' : 's'})`
  return windows.join(' and ') + more
}

function daysWords(days: Hours['weekly'][number]['days']): string {
  const chosen = dayOrder.filter(day => days.includes(day))
  const [first] = chosen
  const last = chosen.at(-1)
  if (chosen.length === 7 || first === undefined || last === undefined) return ''
  const isRun = dayOrder.indexOf(last) - dayOrder.indexOf(first) === chosen.length - 1
  return isRun && chosen.length > 2
    ? `${dayWords[first]} to ${dayWords[last]}`
    : chosen.map(day => dayWords[day]).join(', ')
}
