import type { Account, Role } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { onlyItem } from '../paging/select.ts'
import { ACCOUNT } from './account-columns.ts'

const INSERT = {
  name: 'insert-account',
  text: `insert into accounts as p (name, display_name, role, password_hash) values ($1, $2, $3, $4) returning ${ACCOUNT}`,
}

export interface NewAccount {
  readonly name: string
  readonly displayName: string
  readonly role: Role
  /** In the password library's own text form. */
  readonly passwordHash: string
}

/** A name that is taken violates `accounts_name_key`. */
export async function insertAccount(database: Queryable, account: NewAccount): Promise<Account> {
  const { name, displayName, role, passwordHash } = account
  return onlyItem(await database.query(INSERT, [name, displayName, role, passwordHash]))
}
