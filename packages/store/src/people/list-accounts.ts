import type { Account } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { ACCOUNT } from './account-columns.ts'

const LIST: List = {
  name: 'accounts',
  select: ACCOUNT,
  from: 'accounts p',
  keys: [{ column: 'p.id', type: 'bigint' }],
  order: 'asc',
}

/** Oldest first: all, or the one asked for. */
export function listAccounts(database: Queryable, page: PageRequest, id?: string): Promise<Page<Account>> {
  return readPage<Account>(database, LIST, [['p.id = ?', id]], page)
}
