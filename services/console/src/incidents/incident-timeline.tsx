import type { Action, Incident } from '@cordon/contract'
import { minuteWords } from '../status/time-words.ts'
import { conclusionWords, disprovedWords, isDisproved } from './incident-words.ts'
import { actionWords, outcomeWords, titleOf } from './words.ts'

/** Without `at`: that it is so is on record, but not since when. */
type Entry = { readonly key: string; readonly at?: string; readonly text: string }

export type IncidentTimelineProps = {
  readonly incident: Incident
  readonly actions: readonly Action[]
  readonly nowMs: number
}

/** Newest first: what people did, and the episode's own beginning and end. */
export function IncidentTimeline({ incident, actions, nowMs }: IncidentTimelineProps) {
  return (
    <ol className="timeline">
      {timelineEntries(incident, actions).map(({ key, at, text }) => (
        <li key={key}>
          {at !== undefined && (
            <time dateTime={at} title={at}>
              {minuteWords(Date.parse(at), nowMs)}
            </time>
          )}{' '}
          {text}
        </li>
      ))}
    </ol>
  )
}

/** What was proved wrong stands above all that was done before it was known. */
export function timelineEntries(incident: Incident, actions: readonly Action[]): Entry[] {
  const own: Required<Entry>[] = [{ key: 'happened', at: incident.happenedAt, text: titleOf(incident) }]
  if (incident.late) own.push({ key: 'received', at: incident.receivedAt, text: 'Received, late' })
  own.push({ key: 'raised', at: incident.raisedAt, text: incident.late ? 'Raised late' : 'Raised' })
  if (incident.endedAt !== undefined && !isDisproved(incident)) {
    own.push({ key: 'ended', at: incident.endedAt, text: conclusionWords(incident) })
  }
  const done = actions.map(action => ({ key: action.id, at: action.at, text: actionText(action) }))
  const entries = [...own, ...done].toReversed().toSorted((left, right) => Date.parse(right.at) - Date.parse(left.at))
  return isDisproved(incident) ? [{ key: 'disproved', text: disprovedWords(incident) }, ...entries] : entries
}

function actionText(action: Action): string {
  const parts = [
    action.type === 'assign' && action.to ? `${actionWords.assign} to ${action.to}` : actionWords[action.type],
    action.outcome && `as ${outcomeWords[action.outcome].toLowerCase()}`,
    `by ${action.by}`,
    action.reference && `(reference ${action.reference})`,
  ]
  const said = action.text === undefined ? '' : `: ${action.text}`
  return parts.filter(Boolean).join(' ') + said
}
