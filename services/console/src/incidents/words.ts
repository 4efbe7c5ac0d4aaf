import type { ActionType, Incident, IncidentKind, Outcome, Severity } from '@cordon/contract'

const kindWords: Readonly<Record<IncidentKind, string>> = {
  'exclusion-breach': 'Exclusion zone entry',
  'buffer-entry': 'Near an exclusion zone',
  'inclusion-absence': 'Absent from inclusion zone',
  'restriction-breach': 'Left the restriction zone',
  'possible-transit': 'Transit of a zone',
  'strap-tamper': 'Strap tamper',
  'case-tamper': 'Case tamper',
  battery: 'Battery',
  silence: 'No location',
  jamming: 'Jamming suspected',
}

export const severityWords: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  serious: 'Serious',
  warning: 'Warning',
  message: 'Message',
}

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  'breach-confirmed': 'Breach confirmed',
  'authorised-absence': 'Authorised absence',
  equipment: 'Equipment fault',
  'false-alarm': 'False alarm',
  duplicate: 'Duplicate',
  other: 'Other',
}

export const actionWords: Readonly<Record<ActionType, string>> = {
  acknowledge: 'Taken',
  assign: 'Assigned',
  note: 'Note',
  'notify-police': 'Police notified',
  escalate: 'Escalated',
  close: 'Closed',
  reopen: 'Reopened',
}

/** The incident's title. What is not certain is said not to be. */
export function titleOf(incident: Pick<Incident, 'kind' | 'certainty'>): string {
  const words = kindWords[incident.kind]
  if (incident.certainty === 'confirmed') return words
  return `Possible ${words.charAt(0).toLowerCase()}${words.slice(1)}`
}

/** The line below it: the zone when there is one, else the judgement's own sentence. */
export function detailOf(incident: Pick<Incident, 'kind' | 'zoneName' | 'reason'>): string {
  if (incident.zoneName === undefined) return incident.reason.text
  return incident.kind === 'exclusion-breach' ? `Inside “${incident.zoneName}”` : `“${incident.zoneName}”`
}
