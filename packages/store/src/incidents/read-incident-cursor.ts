import { asId, type Cursor } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

const READ = {
  name: 'read-incident-cursor',
  text: 'select coalesce(max(cursor), 0)::text as cursor from incident_changes',
}

/** The newest committed change of an incident (or made by this transaction). */
export async function readIncidentCursor(database: Queryable): Promise<Cursor> {
  const [row] = await database.query<{ cursor: string }>(READ)
  return asId<Cursor>(row?.cursor ?? '0')
}
