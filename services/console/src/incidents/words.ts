import type { ActionType, Incident, IncidentKind, Outcome, Severity } from '@cordon/contract'

const kindWords: Readonly<Record<IncidentKind, string>> = {
  'exclusion-breach': 'Exclusion zone entry',
  'buffer-entry': 'Near an exclusion zone',
  'inclusion-absence': 'Inclusion zone absence',
  'restriction-breach': 'Restriction zone exit',
  'possible-transit': 'Transit of a zone',
  'strap-tamper': 'Strap tamper',
  'case-tamper': 'Case tamper',
  battery: 'Battery low',
  'power-off': 'Tag switched off',
  silence: 'No word from the tag',
  jamming: 'Jamming suspected',
  'system-fault': 'Fault of the system itself',
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
  unconfirmed: 'Never confirmed',
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

/** Who it is about: a wearer, or a part of the system. */
export function subjectOf({ part, wearerName, wearerReference }: Incident): string {
  return part ?? [wearerName, wearerReference].filter(Boolean).join(' · ')
}

/** The incident's title. What is not certain is said not to be. */
export function titleOf({ kind, certainty }: Pick<Incident, 'kind' | 'certainty'>): string {
  const words = kindWords[kind]
  // Its name says already that it is only suspected.
  if (certainty === 'confirmed' || kind === 'jamming') return words
  return `Possible ${words.charAt(0).toLowerCase()}${words.slice(1)}`
}
