import type { Tag } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { firstItem } from '../paging/select.ts'
import { TAG } from './tag-columns.ts'

const REINSTATE = {
  name: 'reinstate-tag',
  text: `update tags t set revoked_at = null, revoked_by = null, revoked_reason = null
         where t.id = $1 and t.revoked_at is not null returning ${TAG}`,
}

/** Undefined when there is no such tag, or when it is not revoked. */
export async function reinstateTag(database: Queryable, id: string): Promise<Tag | undefined> {
  return firstItem<Tag>(await database.query(REINSTATE, [id]))
}
