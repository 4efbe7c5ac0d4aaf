import type { Queryable } from '../connection/store.ts'

const NOTE = {
  name: 'note-erased',
  text: `update erasures set removed = removed || jsonb_build_object($2::text, coalesce((removed ->> $2)::bigint, 0) + $3::bigint)
          where id = $1`,
}

/** Adds to the certificate, in the transaction that removes. */
export async function noteErased(inside: Queryable, id: string, relation: string, rows: number): Promise<void> {
  await inside.query(NOTE, [id, relation, rows])
}
