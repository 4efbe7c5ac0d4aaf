import type { Action, ActionType } from '@cordon/contract'
import { instant } from '../paging/select.ts'

/** Of `incident_actions n`. */
export const ACTION = `n.id, n.incident_id as "incidentId", n.type, n.by_whom as by, ${instant('n.at')} as at, n.body`

export interface ActionRow {
  readonly id: string
  readonly incidentId: string
  readonly type: ActionType
  readonly by: string
  readonly at: string
  /** What else the action said, as the client sent it and its schema let it pass. */
  readonly body: Pick<Action, 'text' | 'to' | 'reference' | 'outcome'>
}

export function toAction({ body, ...row }: ActionRow): Action {
  return { ...body, ...row }
}
