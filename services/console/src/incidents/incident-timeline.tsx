import type { Action, Incident } from '@cordon/contract'
import { minuteTime } from '../status/time-words.ts'
import { actionWords, outcomeWords, titleOf } from './words.ts'

type Entry = { readonly key: string; readonly at: string; readonly text: string }

/** Newest first: what people did, and the episode's own beginning and end. */
export function IncidentTimeline(props: { readonly incident: Incident; readonly actions: readonly Action[] }) {
  return (
    <ol className="timeline">
      {timelineEntries(props.incident, props.actions).map(({ key, at, text }) => (
        <li key={key}>
          <time dateTime={at} title={at}>
            {minuteTime(Date.parse(at))}
          </time>{' '}
          {text}
        </li>
      ))}
    </ol>
  )
}

function timelineEntries(incident: Incident, actions: readonly Action[]): Entry[] {
  const own: Entry[] = [
    { key: 'happened', at: incident.happenedAt, text: titleOf(incident) },
    { key: 'raised', at: incident.raisedAt, text: incident.late ? 'Raised late' : 'Raised' },
  ]
  if (incident.endedAt !== undefined) own.push({ key: 'ended', at: incident.endedAt, text: 'Episode ended' })
  const done = actions.map(action => ({ key: action.id, at: action.at, text: actionText(action) }))
  return [...own, ...done].toReversed().toSorted((left, right) => Date.parse(right.at) - Date.parse(left.at))
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
