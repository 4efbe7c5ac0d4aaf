import { asId, type TagId, type TagProtocol } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

export interface KnownTag {
  readonly id: TagId
  readonly protocol: TagProtocol
  readonly isRevoked: boolean
}

const READ_TAGS = {
  name: 'read-known-tags',
  text: `select id, protocol, revoked_at is not null as "isRevoked" from tags
         where $1::text[] is null or id = any($1)`,
}

/** The registered tags among `ids`, or all of them. */
export async function readTags(database: Queryable, ids?: readonly TagId[]): Promise<readonly KnownTag[]> {
  const rows = await database.query<Omit<KnownTag, 'id'> & { readonly id: string }>(READ_TAGS, [ids ?? null])
  return rows.map(row => ({ ...row, id: asId<TagId>(row.id) }))
}
