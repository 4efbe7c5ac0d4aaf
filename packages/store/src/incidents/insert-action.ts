import type { Action, ActionCreate } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { ACTION, type ActionRow, toAction } from './action-columns.ts'

const INSERT = {
  name: 'insert-action',
  text: `insert into incident_actions as n (incident_id, type, by_whom, body) values ($1, $2, $3, $4) returning ${ACTION}`,
}

/** `by` is the account name of whoever acts. */
export async function insertAction(
  database: Queryable,
  incidentId: string,
  { type, ...body }: ActionCreate,
  by: string,
): Promise<Action> {
  const [row] = await database.query<ActionRow>(INSERT, [incidentId, type, by, JSON.stringify(body)])
  if (row === undefined) throw new Error('a statement that returns its row returned none')
  return toAction(row)
}
