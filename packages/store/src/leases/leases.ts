import type { Queryable } from '../connection/store.ts'

/** The right to read a partition and to write what follows from it, until somebody else has it with a higher epoch. */
export interface Lease {
  readonly partition: number
  readonly owner: string
  readonly epoch: number
}

interface Row {
  readonly partition: number
  /** bigint: a decimal string. */
  readonly epoch: string
}

const MAKE = {
  name: 'make-leases',
  text: 'insert into partition_leases (partition) select generate_series(0, $1 - 1) on conflict do nothing',
}
// A lease that has run out and that nobody has taken is renewed like any other: its owner's state is still the newest there is.
const RENEW = {
  name: 'renew-leases',
  text: `
    update partition_leases lease set expires_at = now() + $2 * interval '1 millisecond'
      from unnest($3::integer[], $4::bigint[]) as held (partition, epoch)
     where lease.partition = held.partition and lease.epoch = held.epoch and lease.owner = $1
    returning lease.partition, lease.epoch`,
}
// One whose last owner is in the middle of a transaction is left for the next try: its rows are not on record yet.
const CLAIM = {
  name: 'claim-leases',
  text: `
    update partition_leases lease set owner = $1, epoch = epoch + 1, expires_at = now() + $2 * interval '1 millisecond'
     where partition in (
       select partition from partition_leases
        where partition < $4 and (owner is null or expires_at < now()) order by partition limit $3 for update skip locked)
    returning partition, epoch`,
}
const RELEASE = {
  name: 'release-lease',
  text: `update partition_leases set owner = null, expires_at = '-infinity' where partition = $1 and owner = $2 and epoch = $3`,
}

/** Sees to it that there is a row for each partition. */
export async function makeLeases(database: Queryable, partitions: number): Promise<void> {
  await database.execute(MAKE, [partitions])
}

/** Gives those that are still this owner's. */
export async function renewLeases(
  database: Queryable,
  { owner, leaseMs, held }: { readonly owner: string; readonly leaseMs: number; readonly held: readonly Lease[] },
): Promise<readonly Lease[]> {
  if (held.length === 0) return []
  const partitions = held.map(({ partition }) => partition)
  const epochs = held.map(({ epoch }) => epoch)
  return toLeases(owner, await database.query<Row>(RENEW, [owner, leaseMs, partitions, epochs]))
}

export interface Claim {
  readonly owner: string
  readonly leaseMs: number
  /** Leases at most. */
  readonly count: number
  readonly partitions: number
}

/** Takes leases that nobody holds or that have run out, each with a new epoch. */
export async function claimLeases(
  database: Queryable,
  { owner, leaseMs, count, partitions }: Claim,
): Promise<readonly Lease[]> {
  return toLeases(owner, await database.query<Row>(CLAIM, [owner, leaseMs, count, partitions]))
}

/** Gives one back for whoever wants it. That it is another's already is no error. */
export async function releaseLease(database: Queryable, { partition, owner, epoch }: Lease): Promise<void> {
  await database.execute(RELEASE, [partition, owner, epoch])
}

const toLeases = (owner: string, rows: readonly Row[]): readonly Lease[] =>
  rows.map(({ partition, epoch }) => ({ partition, owner, epoch: Number(epoch) }))
