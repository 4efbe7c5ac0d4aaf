import type { Queryable } from '../connection/store.ts'

/** Held by whoever makes an account of the broker, changes it, or compares it with the register. */
export const LOCK_ACCOUNT_NAME = {
  name: 'lock-account-name',
  text: `select pg_advisory_xact_lock(4201003, hashtext($1))`,
}
const EXISTS = {
  name: 'account-name-exists',
  text: `select exists (select from tags where id = $1) or exists (select from forwarders where 'forwarder.' || id = $1) as taken`,
}

/**
 * Whether a broker account's name is free, and kept free until this transaction ends. The broker is asked to make the account
 * before the row is written, so two requests for one name must not both get that far.
 */
export async function claimAccountName(inside: Queryable, username: string): Promise<boolean> {
  await inside.query(LOCK_ACCOUNT_NAME, [username])
  const [row] = await inside.query<{ taken: boolean }>(EXISTS, [username])
  return row?.taken === false
}
