import { createError } from '@cordon/runtime'
import type { Queryable } from '../connection/store.ts'

const RENEW = {
  name: 'renew-membership',
  text: `
    with gone as (
      delete from ingest_members where expires_at < now() and name <> $1
    ), mine as (
      insert into ingest_members (name, partitions, expires_at) values ($1, $2, now() + $3 * interval '1 millisecond')
      on conflict (name) do update set partitions = excluded.partitions, expires_at = excluded.expires_at
    )
    select name, partitions from ingest_members where expires_at >= now() and name <> $1`,
}
const LEAVE = { name: 'leave-membership', text: 'delete from ingest_members where name = $1' }

export interface Membership {
  readonly name: string
  readonly partitions: number
  /** For so many milliseconds from now on. */
  readonly leaseMs: number
}

/**
 * Says that this ingest is there, and gives the names of all that are, itself included, in one order for everybody. Rejects with
 * `invalid-config` when another one spreads the tags over another number of partitions.
 */
export async function renewMembership(
  database: Queryable,
  { name, partitions, leaseMs }: Membership,
): Promise<readonly string[]> {
  const others = await database.query<Omit<Membership, 'leaseMs'>>(RENEW, [name, partitions, leaseMs])
  const odd = others.find(other => other.partitions !== partitions)
  if (odd !== undefined)
    throw createError(
      'invalid-config',
      `CORDON_NATS_PARTITIONS is ${partitions} here and ${odd.partitions} at ${odd.name}: all ingests and the servers must have one number`,
    )
  return [name, ...others.map(other => other.name)].sort()
}

export async function leaveMembership(database: Queryable, name: string): Promise<void> {
  await database.execute(LEAVE, [name])
}
