import type { Incident, Severity } from '@cordon/contract'

/** How soon somebody should take an incident, counted from when it was raised (requirement R07). */
const responseLimitMs: Readonly<Record<Severity, number | undefined>> = {
  critical: 60_000,
  serious: 3 * 60_000,
  warning: 10 * 60_000,
  message: undefined,
}

/**
 * When the incident should have been taken, epoch milliseconds; undefined for a message, which has no limit, and for what was
 * proved wrong: it waits to be closed, not to be acted on.
 */
export function dueAtMs(incident: Pick<Incident, 'severity' | 'raisedAt' | 'conclusion'>): number | undefined {
  if (incident.conclusion === 'disproved') return undefined
  const limitMs = responseLimitMs[incident.severity]
  return limitMs === undefined ? undefined : Date.parse(incident.raisedAt) + limitMs
}

/** Waiting for somebody to take it: only then does the countdown run. */
export function isUnacknowledged(incident: Pick<Incident, 'state'>): boolean {
  return incident.state === 'open'
}

/** Somebody should act now: nobody has it, and it was not proved wrong. Counted, and sounded. */
export function isCalling(incident: Pick<Incident, 'state' | 'conclusion'>): boolean {
  return isUnacknowledged(incident) && incident.conclusion !== 'disproved'
}
