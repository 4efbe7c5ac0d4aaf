import type { Incident, Severity } from '@cordon/contract'
import { dueAtMs, isCalling, isUnacknowledged } from './due.ts'

/** 1 is the worst: the number beside the severity's word and shape. */
export const severityRank: Readonly<Record<Severity, number>> = { critical: 1, serious: 2, warning: 3, message: 4 }

export const queueTabs = ['new', 'mine', 'waiting', 'all'] as const
export type QueueTab = (typeof queueTabs)[number]

/**
 * Worst first, then what is due first; the id settles ties so that equal rows never swap places. What nobody has taken and was
 * proved wrong goes below all that may still be true; what somebody has taken stays where they look for it.
 */
export function compareIncidents(left: Incident, right: Incident): number {
  return (
    Number(isSettled(left)) - Number(isSettled(right)) ||
    severityRank[left.severity] - severityRank[right.severity] ||
    sortMs(left) - sortMs(right) ||
    left.id.localeCompare(right.id, 'en', { numeric: true })
  )
}

const isSettled = (incident: Incident) => isUnacknowledged(incident) && !isCalling(incident)

function sortMs(incident: Incident): number {
  return dueAtMs(incident) ?? Date.parse(incident.raisedAt)
}

/** New: nobody has it. Mine: the signed-in account has it. Waiting: a colleague has it, or it was escalated. */
export function belongsTo(tab: QueueTab, incident: Incident, account: string): boolean {
  if (incident.state === 'closed') return false
  switch (tab) {
    case 'new':
      return incident.state === 'open'
    case 'mine':
      return incident.state !== 'open' && incident.owner === account
    case 'waiting':
      return incident.state !== 'open' && incident.owner !== account
    case 'all':
      return true
  }
}

export type FrozenQueue = {
  readonly incidents: readonly Incident[]
  /** How many were held back because they would have appeared above the active row. */
  readonly newAbove: number
}

/**
 * The queue as it stays while the keyboard is inside it: rows keep the order they had, newcomers that belong
 * above the active row are held back and counted, newcomers below it are put at the end.
 */
export function freezeQueue(
  shownIds: readonly string[],
  sorted: readonly Incident[],
  activeId: string | undefined,
): FrozenQueue {
  const byId = new Map(sorted.map(incident => [incident.id, incident]))
  const shown = new Set(shownIds)
  const kept = shownIds.flatMap(id => byId.get(id) ?? [])
  const place = new Map(sorted.map((incident, index) => [incident.id, index]))
  const activePlace = place.get(activeId ?? '') ?? -1
  const newcomers = sorted.filter(incident => !shown.has(incident.id))
  const below = newcomers.filter(incident => (place.get(incident.id) ?? 0) > activePlace)
  return { incidents: [...kept, ...below], newAbove: newcomers.length - below.length }
}
