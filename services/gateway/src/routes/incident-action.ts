import type { ActionCreate, IncidentState } from '@cordon/contract'
import type { IncidentUpdate } from '@cordon/store'
import { Refusal } from '../http/refuse.ts'

const NOT_CLOSED: readonly IncidentState[] = ['open', 'acknowledged', 'escalated']
const ANY: readonly IncidentState[] = [...NOT_CLOSED, 'closed']

/** What each action cannot do without. */
const NEEDS: Readonly<Record<ActionCreate['type'], readonly ('text' | 'to' | 'outcome')[]>> = {
  acknowledge: [],
  assign: ['to'],
  note: ['text'],
  'notify-police': [],
  escalate: [],
  close: ['outcome', 'text'],
  reopen: [],
}

export function checkAction(action: ActionCreate): void {
  const missing = NEEDS[action.type].filter(field => action[field] === undefined)
  const [first] = missing
  if (first === undefined) return
  throw new Refusal('invalid-body', `${action.type} needs ${missing.join(' and ')}`, {
    field: `/${first}`,
    problems: missing.map(field => ({ field: `/${field}`, detail: 'is missing' })),
  })
}

/**
 * The states: open → acknowledged → closed, with escalated in between where nobody took it or more is needed; reopen leads back
 * to open and leaves the incident nobody's. A closed incident takes reopen and note only. `by`: who acts.
 */
export function updateOf({ type, to, reference, outcome }: ActionCreate, by: string): IncidentUpdate {
  switch (type) {
    case 'acknowledge':
      return { from: NOT_CLOSED, unlessOwnedByOtherThan: by, state: 'acknowledged', owner: by, acknowledged: true }
    case 'assign':
      return { from: NOT_CLOSED, owner: to }
    case 'note':
      return { from: ANY }
    case 'notify-police':
      return { from: NOT_CLOSED, policeNotified: true, policeReference: reference }
    case 'escalate':
      return { from: NOT_CLOSED, state: 'escalated' }
    case 'close':
      return { from: NOT_CLOSED, state: 'closed', closed: true, outcome }
    case 'reopen':
      return { from: ['closed'], state: 'open', reopened: true }
  }
}
