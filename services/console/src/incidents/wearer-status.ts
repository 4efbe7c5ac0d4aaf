import type { Incident, ProvisionalAlert } from '@cordon/contract'
import type { TagStatus } from '../map/tag-status.ts'

/**
 * How each wearer's tag is drawn: the worst incident that nobody has closed decides. Serious and critical are a
 * breach, warnings are a warning, messages change nothing; what ended long ago still counts until it is closed, but
 * what was proved wrong says nothing of the wearer. What is critical and not yet recorded is a breach.
 */
export function statusesOf(
  incidents: Iterable<Incident>,
  provisional: readonly Pick<ProvisionalAlert, 'wearerId'>[] = [],
): (wearerId: string) => TagStatus {
  const statuses = new Map<string, TagStatus>(provisional.map(({ wearerId }) => [wearerId, 'breach']))
  for (const incident of incidents) {
    const { wearerId } = incident
    if (wearerId === undefined) continue
    const status = statusOf(incident)
    if (status === 'breach' || (status === 'warning' && !statuses.has(wearerId))) statuses.set(wearerId, status)
  }
  return wearerId => statuses.get(wearerId) ?? 'compliant'
}

function statusOf({ state, severity, conclusion }: Incident): TagStatus {
  if (state === 'closed' || severity === 'message' || conclusion === 'disproved') return 'compliant'
  return severity === 'warning' ? 'warning' : 'breach'
}
