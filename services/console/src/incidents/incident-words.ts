import type { Incident, IncidentKind } from '@cordon/contract'
import { minuteWords, spanWords } from '../status/time-words.ts'

/** What an incident is about: how it is told, and what its figures mean, hang on it. */
export type Matter = 'inside' | 'outside' | 'transit' | 'device' | 'silence' | 'system'

const matters: Readonly<Record<IncidentKind, Matter>> = {
  'exclusion-breach': 'inside',
  'buffer-entry': 'inside',
  'inclusion-absence': 'outside',
  'restriction-breach': 'outside',
  'possible-transit': 'transit',
  'strap-tamper': 'device',
  'case-tamper': 'device',
  battery: 'device',
  'power-off': 'device',
  silence: 'silence',
  jamming: 'device',
  'system-fault': 'system',
}

export const matterOf = ({ kind }: Pick<Incident, 'kind'>): Matter => matters[kind]

/** The line below the title: where, or since when, and what of it matters most. `nowMs` puts a day before times of other days. */
export function detailOf(incident: Incident, nowMs: number): string {
  const { kind, reason } = incident
  const zone = `“${incident.zoneName ?? 'a zone'}”`
  const at = minuteWords(Date.parse(incident.happenedAt), nowMs)
  switch (kind) {
    case 'exclusion-breach':
      return `${hasEnded(incident) ? 'Was inside' : 'Inside'} ${zone}${timesWords(incident)}`
    case 'buffer-entry':
      return `${hasEnded(incident) ? 'Was close to' : 'Close to'} ${zone}${timesWords(incident)}`
    case 'inclusion-absence':
      return `${hasEnded(incident) ? 'Was away from' : 'Away from'} ${zone}${hoursOf(incident, nowMs)}${timesWords(incident)}`
    case 'restriction-breach':
      return `${hasEnded(incident) ? 'Was outside' : 'Outside'} ${zone}${timesWords(incident)}`
    case 'possible-transit':
      return `Through ${zone} about ${at}, no fix inside${timesWords(incident)}`
    case 'battery':
      return batteryWords(incident, nowMs) ?? reason.text
    case 'silence':
      return `Nothing heard ${hasEnded(incident) ? 'from' : 'since'} ${minuteWords(beganMs(incident), nowMs)}${untilWords(incident, nowMs)}`
    case 'strap-tamper':
      return `Strap cut or opened at ${at}${timesWords(incident)}`
    case 'case-tamper':
      return `Case opened at ${at}${timesWords(incident)}`
    case 'power-off':
      return `Switched off at ${at}${timesWords(incident)}`
    case 'jamming':
      return `Signals jammed or shielded at ${at}${timesWords(incident)}`
    case 'system-fault':
      return reason.text
  }
}

/** "will be empty about 03:20", in the past tense once that time has gone by; undefined without a forecast. */
export function batteryWords({ reason: { emptyAt } }: Pick<Incident, 'reason'>, nowMs: number): string | undefined {
  if (emptyAt === undefined) return undefined
  const about = minuteWords(emptyAt, nowMs)
  return emptyAt > nowMs ? `Will be empty about ${about}` : `Was to be empty about ${about}`
}

/** The hours it was judged by, "19:00 to 07:00"; undefined for hours without beginning or end. */
export function hoursWords({ reason: { hours } }: Pick<Incident, 'reason'>, nowMs: number): string | undefined {
  if (hours === undefined || (hours.from === null && hours.to === null)) return undefined
  if (hours.from === null) return hours.to === null ? undefined : `until ${minuteWords(hours.to, nowMs)}`
  return hours.to === null ? `from ${minuteWords(hours.from, nowMs)}` : spanWords(hours.from, hours.to, nowMs)
}

/** "late: happened 02:14, received 03:05"; undefined for what was told in time. */
export function lateWords(incident: Incident, nowMs: number): string | undefined {
  if (!incident.late) return undefined
  const [happened, received] = [incident.happenedAt, incident.receivedAt].map(at => minuteWords(Date.parse(at), nowMs))
  return `late: happened ${happened}, received ${received}`
}

/** How it came to its end, with when; undefined while it goes on. What was proved wrong says so whatever else is true. */
export function endingWords(incident: Incident, nowMs: number): string | undefined {
  if (isDisproved(incident)) return disprovedWords(incident)
  if (incident.endedAt === undefined) return undefined
  const { what, why } = conclusionOf(incident)
  return `${what} ${minuteWords(Date.parse(incident.endedAt), nowMs)}${why === undefined ? '' : `: ${why}`}`
}

/** The same without the time, for where that stands beside it. */
export function conclusionWords(incident: Incident): string {
  const { what, why } = conclusionOf(incident)
  return why === undefined ? what : `${what}: ${why}`
}

function conclusionOf(incident: Incident): { readonly what: string; readonly why?: string } {
  const { conclusion } = incident
  if (conclusion === undefined) return { what: 'Ended' }
  switch (conclusion) {
    case 'left':
      return { what: leftWords[matterOf(incident)] }
    case 'lapsed':
      return { what: 'Ended by the clock', why: lapseWords[matterOf(incident)] }
    case 'restored':
      return { what: restoredWords[incident.kind] ?? 'Restored' }
    case 'unconfirmed':
      return { what: 'Ended', why: 'never confirmed' }
    case 'joined':
      return { what: 'Became part of another incident' }
    case 'disproved':
      return { what: disprovedWords(incident) }
  }
}

export const isDisproved = ({ conclusion }: Pick<Incident, 'conclusion'>): boolean => conclusion === 'disproved'

/** A zone is judged by fixes; a device by what it reports. */
export function disprovedWords(incident: Pick<Incident, 'kind'>): string {
  const isOfDevice = matterOf(incident) === 'device'
  return `Proved wrong by later ${isOfDevice ? 'reports' : 'fixes'}`
}

const leftWords: Readonly<Record<Matter, string>> = {
  inside: 'Left',
  outside: 'Came back',
  transit: 'Passed',
  device: 'Ended',
  silence: 'Ended',
  system: 'Ended',
}

const lapseWords: Readonly<Record<Matter, string>> = {
  inside: 'the condition no longer holds',
  outside: 'its hours or the condition no longer hold',
  transit: 'the condition no longer holds',
  device: 'nothing more was reported',
  silence: 'a reason is known since',
  system: 'nothing more is known',
}

const restoredWords: Readonly<Partial<Record<IncidentKind, string>>> = {
  'strap-tamper': 'Strap closed again',
  battery: 'Charging or charged again',
  'power-off': 'On again',
  silence: 'Reports again',
  'system-fault': 'Works again',
}

const hasEnded = ({ endedAt }: Pick<Incident, 'endedAt'>) => endedAt !== undefined
const beganMs = ({ reason, happenedAt }: Incident) => reason.beganAt ?? Date.parse(happenedAt)

function hoursOf(incident: Incident, nowMs: number): string {
  const words = hoursWords(incident, nowMs)
  return words === undefined ? '' : `, hours ${words}`
}

const timesWords = ({ reason: { entries } }: Pick<Incident, 'reason'>) => (entries > 1 ? `, ${entries} times` : '')

/** Of a silence that is over: it is one stretch of time. */
function untilWords({ endedAt }: Incident, nowMs: number): string {
  return endedAt === undefined ? '' : ` to ${minuteWords(Date.parse(endedAt), nowMs)}`
}
