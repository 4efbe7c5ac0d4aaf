import type { Queryable } from '../connection/store.ts'

// Counted before the password is looked at: of a hundred attempts at once no more than the allowed ones get that far.
const COUNT = {
  name: 'count-sign-in',
  text: `insert into failed_sign_ins as f (name_hash, failures, last_failed_at) values ($1, 1, $2)
         on conflict (name_hash) do update set last_failed_at = $2,
           failures = case when f.last_failed_at > $2::timestamptz - $4 * interval '1 second' then f.failures + 1 else 1 end
         where f.failures < $3 or f.last_failed_at <= $2::timestamptz - $4 * interval '1 second'`,
}
const PRUNE = {
  name: 'prune-failed-sign-ins',
  text: `delete from failed_sign_ins where last_failed_at <= $1::timestamptz - $2 * interval '1 second'`,
}

export interface SignInAttempt {
  /** SHA-256 of the name, whether anybody has it or not. */
  readonly nameHash: Buffer
  readonly at: Date
  /** Failures in a row, with less than `lockedSeconds` between two, that lock a name for so long. */
  readonly maxFailures: number
  readonly lockedSeconds: number
}

/** Counts an attempt as one that fails until `forgetFailedSignIns` says otherwise. False: the name is locked, and nothing is counted. */
export async function countSignIn(database: Queryable, attempt: SignInAttempt): Promise<boolean> {
  const { nameHash, at, maxFailures, lockedSeconds } = attempt
  await database.execute(PRUNE, [at, lockedSeconds])
  return (await database.execute(COUNT, [nameHash, at, maxFailures, lockedSeconds])) === 1
}
