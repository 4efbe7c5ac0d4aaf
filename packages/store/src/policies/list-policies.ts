import type { Policy } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { POLICY } from './policy-columns.ts'

const LIST: List = {
  name: 'policies',
  select: POLICY,
  from: 'policies p',
  keys: [{ column: 'p.version', type: 'bigint' }],
  order: 'desc',
}

/** Newest first. */
export function listPolicies(database: Queryable, page: PageRequest): Promise<Page<Policy>> {
  return readPage<Policy>(database, LIST, [], page)
}
