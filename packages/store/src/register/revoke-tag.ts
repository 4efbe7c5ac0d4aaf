import type { Tag } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { firstItem } from '../paging/select.ts'
import { TAG } from './tag-columns.ts'

const REVOKE = {
  name: 'revoke-tag',
  text: `update tags t set revoked_at = clock_timestamp(), revoked_by = $2, revoked_reason = $3
         where t.id = $1 and t.revoked_at is null returning ${TAG}`,
}

export interface Revocation {
  readonly id: string
  /** Account name. */
  readonly by: string
  readonly reason: string
}

/** Undefined when there is no such tag, or when it has been revoked before. */
export async function revokeTag(database: Queryable, { id, by, reason }: Revocation): Promise<Tag | undefined> {
  return firstItem<Tag>(await database.query(REVOKE, [id, by, reason]))
}
