import type { Queryable } from '../connection/store.ts'
import { HELD_ACTIVATIONS } from './legal-hold.ts'
import { type PersonalRelation, QUARANTINE_OF_TAG } from './personal-relations.ts'
import { type RemovalCause, recordRemovals } from './record-removals.ts'
import type { RemovalSlice } from './remove-rows.ts'

const ROWS_AT_ONCE = 1_000

interface Gone {
  readonly activationId: string | null
  readonly from: string
  readonly to: string
  readonly rows: string
  readonly payloads: readonly Buffer[]
}

const statementOf = (name: string, { where, activation }: Pick<PersonalRelation, 'where' | 'activation'>) => ({
  name,
  text: `
    with gone as (
      delete from quarantine r where r.id = any(array(select r.id from quarantine r where ${where} limit $2))
      returning ${activation} as activation_id, r.last_received_at as at, r.payload_digest
    )
    select activation_id::text as "activationId", min(at)::text as "from", (max(at) + interval '1 microsecond')::text as "to",
           count(*)::text as rows, array_agg(distinct payload_digest) as payloads
      from gone group by activation_id`,
})

const REMOVE_OF_TAG = statementOf('remove-quarantine-of-tag', QUARANTINE_OF_TAG)

// What a tag sent while it was on somebody under a legal hold stays.
const REMOVE_OLD = statementOf('remove-old-quarantine', {
  where: `r.last_received_at < $1::timestamptz and not exists (
            select from activations fitted where fitted.tag_id = r.tag_id and fitted.id in (${HELD_ACTIVATIONS})
               and r.last_received_at >= fitted.valid_from and (fitted.valid_to is null or r.received_at < fitted.valid_to + interval '72 hours'))`,
  activation: 'null::bigint',
})

const REMOVE_PAYLOADS = {
  name: 'remove-quarantine-payloads',
  text: `delete from quarantine_payloads payload where digest = any($1::bytea[])
           and not exists (select from quarantine where payload_digest = payload.digest)`,
}

/** One slice of what the tags of these activations sent in their time and could not be used. Gives how many, and whether that is all. */
export const removeQuarantineOfTags = (inside: Queryable, activationIds: readonly string[], slice: RemovalSlice) =>
  remove(inside, REMOVE_OF_TAG, { ...slice, first: activationIds })

/** One slice of what was last received before then, but for what is under a legal hold. */
export const removeOldQuarantine = (inside: Queryable, before: number, slice: RemovalSlice) =>
  remove(inside, REMOVE_OLD, { ...slice, first: new Date(before) })

interface Asked extends RemovalSlice {
  readonly cause: RemovalCause
  readonly first: unknown
}

async function remove(
  inside: Queryable,
  statement: { readonly name: string; readonly text: string },
  { cause, first, rowsAtOnce = ROWS_AT_ONCE }: Asked,
): Promise<{ readonly rows: number; readonly isLast: boolean }> {
  const gone = await inside.query<Gone>(statement, [first, rowsAtOnce])
  const removals = gone.map(({ activationId, from, to, rows: count }) => ({
    ...{ relation: 'quarantine', activationId, from, to },
    rows: count,
  }))
  await recordRemovals(inside, cause, removals)
  const rows = gone.reduce((sum, part) => sum + Number(part.rows), 0)
  if (rows > 0) await inside.execute(REMOVE_PAYLOADS, [gone.flatMap(({ payloads }) => payloads)])
  return { rows, isLast: rows < rowsAtOnce }
}
