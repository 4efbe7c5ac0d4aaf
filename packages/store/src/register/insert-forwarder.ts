import type { Forwarder } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { onlyItem } from '../paging/select.ts'
import { FORWARDER } from './forwarder-columns.ts'

const INSERT = {
  name: 'insert-forwarder',
  text: `insert into forwarders as f (id, source, password_hash) values ($1, $2, $3) returning ${FORWARDER}`,
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
