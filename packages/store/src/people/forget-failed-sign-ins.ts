import type { Queryable } from '../connection/store.ts'

const FORGET = { name: 'forget-failed-sign-ins', text: 'delete from failed_sign_ins where name_hash = $1' }

/** The name is free to try again: its password was right, or an administrator says so. */
export async function forgetFailedSignIns(database: Queryable, nameHash: Buffer): Promise<void> {
  await database.execute(FORGET, [nameHash])
}
