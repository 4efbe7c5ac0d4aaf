import type { Tag, TagProtocol } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { onlyItem } from '../paging/select.ts'
import { TAG } from './tag-columns.ts'

const INSERT = {
  name: 'insert-tag',
  text: `insert into tags as t (id, model, protocol, password_hash, credentials)
         values ($1, $2, $3, $4::bytea, case when $4 is null then 'certificate' else 'password' end) returning ${TAG}`,
}

export interface NewTag {
  readonly id: string
  readonly model?: string | undefined
  readonly protocol: TagProtocol
  /** SHA-256 of the MQTT password; null: it signs in with a certificate. */
  readonly passwordHash: Buffer | null
}

export async function insertTag(database: Queryable, tag: NewTag): Promise<Tag> {
  return onlyItem(await database.query(INSERT, [tag.id, tag.model ?? null, tag.protocol, tag.passwordHash]))
}
