import type { Incident } from '@cordon/contract'
import { clockTime, countdown, durationWords } from '../status/time-words.ts'
import { dueAtMs, isUnacknowledged } from './due.ts'
import { detailOf, endingWords, isDisproved, lateWords } from './incident-words.ts'
import { SeverityIcon } from './severity-icon.tsx'
import { severityWords, subjectOf, titleOf } from './words.ts'

export type QueueRowProps = {
  readonly incident: Incident
  readonly isSelected: boolean
  readonly nowMs: number
  readonly onSelect: (incident: Incident) => void
}

export function QueueRow({ incident, isSelected, nowMs, onSelect }: QueueRowProps) {
  const ending = endingWords(incident, nowMs)
  const late = lateWords(incident, nowMs)
  return (
    <button
      type="button"
      className={`queue-row ${isDisproved(incident) ? 'queue-disproved' : `queue-${incident.severity}`}`}
      data-incident={incident.id}
      aria-current={isSelected}
      onClick={() => onSelect(incident)}
    >
      <SeverityIcon severity={incident.severity} />
      <span className="queue-title">{titleOf(incident)}</span>
      <Clock incident={incident} nowMs={nowMs} />
      <span className="queue-wearer">{subjectOf(incident)}</span>
      <span className={`queue-severity severity-${incident.severity}`}>{severityWords[incident.severity]}</span>
      <span className="queue-detail">{detailOf(incident, nowMs)}</span>
      <span className="queue-owner">{incident.owner ?? ''}</span>
      {late !== undefined && <span className="queue-late">{late}</span>}
      {ending !== undefined && (
        <span className={isDisproved(incident) ? 'queue-ending queue-proved-wrong' : 'queue-ending'}>{ending}</span>
      )}
    </button>
  )
}

/** Open: the countdown to when somebody should have taken it. Taken: for how long it has been. */
function Clock({ incident, nowMs }: { readonly incident: Incident; readonly nowMs: number }) {
  const dueMs = dueAtMs(incident)
  if (!isUnacknowledged(incident) || dueMs === undefined) {
    const sinceMs = Date.parse(incident.acknowledgedAt ?? incident.raisedAt)
    return <span className="queue-clock">{durationWords(nowMs - sinceMs)}</span>
  }
  const leftMs = dueMs - nowMs
  return (
    <span className={leftMs < 0 ? 'queue-clock overdue' : 'queue-clock'} title={`Take by ${clockTime(dueMs)}`}>
      <span className="visually-hidden">{leftMs < 0 ? 'overdue by ' : 'due in '}</span>
      {countdown(leftMs)}
    </span>
  )
}
