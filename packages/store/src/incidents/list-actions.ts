import type { Action } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { ACTION, type ActionRow, toAction } from './action-columns.ts'

const LIST: List = {
  name: 'actions',
  select: ACTION,
  from: 'incident_actions n',
  keys: [{ column: 'n.id', type: 'bigint' }],
  order: 'asc',
}

/** Oldest first. */
export async function listActions(database: Queryable, incidentId: string, page: PageRequest): Promise<Page<Action>> {
  const { items, next } = await readPage<ActionRow>(database, LIST, [['n.incident_id = ?', incidentId]], page)
  return { items: items.map(toAction), next }
}
