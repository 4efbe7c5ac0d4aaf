import type { Queryable } from '../connection/store.ts'
import type { StatusOfTag } from './batch.ts'
import { toInstant, toJsonRows } from './json-rows.ts'

/** The newest word of each tag stays; what was received before it changes nothing. */
const UPSERT_STATUSES = {
  name: 'upsert-statuses',
  text: `
    insert into tag_statuses (tag_id, online, received_at)
    select * from json_to_recordset($1) as row (tag_id text, online boolean, received_at timestamptz)
    order by tag_id
    on conflict (tag_id) do update set online = excluded.online, received_at = excluded.received_at
      where tag_statuses.received_at < excluded.received_at
         or (tag_statuses.received_at = excluded.received_at and tag_statuses.online <> excluded.online)`,
}

export async function upsertStatuses(database: Queryable, statuses: readonly StatusOfTag[]): Promise<void> {
  const lastOfTag = new Map(statuses.map(said => [said.tagId, said.status]))
  const rows = [...lastOfTag].map(([tagId, status]) => ({
    tag_id: tagId,
    online: status.online,
    received_at: toInstant(status.receivedAt),
  }))
  await database.execute(UPSERT_STATUSES, [toJsonRows(rows)])
}
