import type { Queryable } from '../connection/store.ts'

const LOCK = { name: 'lock-configuration', text: 'select pg_advisory_xact_lock(4201002)' }

/**
 * The lock that every change of the register takes anyway when it is written (see lock_configuration_log in the schema), taken
 * early: what is read after it cannot be changed by another writer before this transaction has ended.
 */
export async function lockConfiguration(inside: Queryable): Promise<void> {
  await inside.query(LOCK)
}
