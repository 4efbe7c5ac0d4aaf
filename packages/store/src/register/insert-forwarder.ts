import type { Forwarder } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { instant, onlyItem } from '../paging/select.ts'

const INSERT = {
  name: 'insert-forwarder',
  text: `insert into forwarders (id, source, password_hash) values ($1, $2, $3)
         returning id, source, ${instant('created_at')} as "createdAt"`,
}

export interface NewForwarder {
  readonly id: string
  readonly source: string
  /** SHA-256 of the MQTT password. */
  readonly passwordHash: Buffer
}

export async function insertForwarder(database: Queryable, forwarder: NewForwarder): Promise<Forwarder> {
  return onlyItem(await database.query(INSERT, [forwarder.id, forwarder.source, forwarder.passwordHash]))
}
