import { asId, type Cursor } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

const READ = {
  name: 'read-configuration-cursor',
  text: 'select coalesce(max(cursor), 0)::text as cursor from configuration_changes',
}

/** The newest change of the register that is committed (or made by this transaction). */
export async function readConfigurationCursor(database: Queryable): Promise<Cursor> {
  const [row] = await database.query<{ cursor: string }>(READ)
  return asId<Cursor>(row?.cursor ?? '0')
}
