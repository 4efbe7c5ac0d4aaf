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

/** Oldest first. */
export function listAccounts(database: Queryable, page: PageRequest): Promise<Page<Account>> {
  return readPage<Account>(database, LIST, [], page)
}
