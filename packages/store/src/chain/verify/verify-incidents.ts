import type { Finding } from './finding.ts'
import type { Period } from './read-stored-fixes.ts'
import type { Snapshot } from './snapshot.ts'

/** An incident as it stands is what its newest change says; columns that came after that change are left out. */
const DIFFERING = {
  name: 'read-differing-incidents',
  text: `
    select i.id::text as id, newest.cursor::text as cursor, newest.at
      from (select distinct incident_id from incident_changes where at >= $1 and at < $2) changed
      join incidents i on i.id = changed.incident_id,
           lateral (select cursor, at, incident from incident_changes where incident_id = i.id order by cursor desc limit 1) newest
     where (select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(i)) where newest.incident ? key) is distinct from newest.incident
     order by i.id`,
}

/** Holds the incidents that changed in the period against the log of their changes, which is sealed. */
export async function verifyIncidents(snapshot: Snapshot, { from, to }: Period): Promise<readonly Finding[]> {
  const rows = await snapshot.query<{ id: string; cursor: string; at: number }>(DIFFERING, [
    new Date(from),
    new Date(to),
  ])
  return rows.map(({ id, cursor, at }) => ({
    ...{ kind: 'altered', table: 'incidents', row: id, batch: null, between: [at, null] },
    detail: `is not what its newest change (${cursor}) says`,
  }))
}
