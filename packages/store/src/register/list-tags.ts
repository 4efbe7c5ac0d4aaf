import type { Tag } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { type Caseload, wearerInCaseload } from '../people/caseload.ts'
import { TAG } from './tag-columns.ts'

const LIST: List = {
  name: 'tags',
  select: TAG,
  from: 'tags t',
  keys: [{ column: 't.id', type: 'text' }],
  order: 'asc',
}

export interface TagSearch {
  readonly id?: string | undefined
  readonly caseload: Caseload
}

/** By id. An officer sees the tags that wearers of their caseload wear or wore. */
export function listTags(database: Queryable, search: TagSearch, page: PageRequest): Promise<Page<Tag>> {
  const [worn, caseload] = wearerInCaseload('a.wearer_id', search.caseload)
  return readPage<Tag>(
    database,
    LIST,
    [
      ['t.id = ?', search.id],
      [`exists (select from activations a where a.tag_id = t.id and ${worn})`, caseload],
    ],
    page,
  )
}
