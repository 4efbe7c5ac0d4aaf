import type { Token } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { TOKEN } from './token-columns.ts'

const LIST: List = {
  name: 'tokens',
  select: TOKEN,
  from: 'api_tokens t',
  keys: [{ column: 't.id', type: 'bigint' }],
  order: 'asc',
}

/** Those that have not been revoked, oldest first. */
export function listTokens(database: Queryable, page: PageRequest): Promise<Page<Token>> {
  return readPage<Token>(database, LIST, [['t.revoked_at is null and ?', true]], page)
}
