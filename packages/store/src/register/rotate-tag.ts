import type { Tag } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { firstItem } from '../paging/select.ts'
import { TAG } from './tag-columns.ts'

const ROTATE = {
  name: 'rotate-tag',
  text: `update tags t set password_hash = $2::bytea, credentials = case when $2 is null then 'certificate' else 'password' end,
           credentials_version = credentials_version + 1, credentials_at = clock_timestamp()
         where t.id = $1 returning ${TAG}`,
}

/** Takes the SHA-256 of its new MQTT password; null: it signs in with a certificate from now on. Undefined when there is no such tag. */
export async function rotateTag(
  database: Queryable,
  id: string,
  passwordHash: Buffer | null,
): Promise<Tag | undefined> {
  return firstItem<Tag>(await database.query(ROTATE, [id, passwordHash]))
}
