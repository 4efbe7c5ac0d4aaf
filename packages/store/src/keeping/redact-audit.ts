import type { Queryable } from '../connection/store.ts'
import { type RemovalCause, recordRemovals } from './record-removals.ts'

// What stays says which row of which kind, when, and how: ids, instants, flags, versions. Text that a person wrote, and numbers that
// could be a place, go, and the salt, so that they cannot be tried against the hash of what was. The entry itself stays: who looked at
// whom is on record after the one who was looked at is not.
const REDACT = {
  name: 'redact-audit',
  text: `
    with redacted as (
      select entry.id, (
        select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(entry.detail)
         where jsonb_typeof(value) = 'boolean' or (key = 'version' and jsonb_typeof(value) = 'number')
            or (key = 'format' and value #>> '{}' in ('geojson', 'csv', 'gpx'))
            or (key = 'tagId' and value #>> '{}' !~ '/')
            or (jsonb_typeof(value) = 'string' and value #>> '{}' ~ '^([0-9]{1,19}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9:]+))$')
        ) as detail
        from audit_entries entry where entry.wearer_id = $1
    )
    update audit_entries entry set detail = redacted.detail, salt = null from redacted
     where redacted.id = entry.id and redacted.detail <> entry.detail
    returning entry.at::text as "from", (entry.at + interval '1 microsecond')::text as "to"`,
}

/** Takes out of the audit entries about a wearer what could say who that was. Gives how many it changed; each is put on record. */
export async function redactAudit(inside: Queryable, wearerId: string, cause: RemovalCause): Promise<number> {
  const changed = await inside.query<{ readonly from: string; readonly to: string }>(REDACT, [wearerId])
  const removals = changed.map(entry => ({ relation: 'audit_entries', activationId: null, rows: '1', ...entry }))
  await recordRemovals(inside, cause, removals)
  return changed.length
}
