import type { Queryable } from '../connection/store.ts'
import type { RemovalReason } from './record-removals.ts'

const READ = {
  name: 'read-open-erasures',
  text: `select id, wearer_id as "wearerId", array(select unnest(activation_ids)::text) as "activationIds", why,
                requested_by as "byWhom", removed_at as "removedAt"
           from erasures where state <> 'certified' order by id`,
}

/** A wearer who is to be removed, or has been and is to be certified as removed. */
export interface OpenErasure {
  readonly id: string
  readonly wearerId: string
  readonly activationIds: readonly string[]
  readonly why: RemovalReason
  readonly byWhom: string
  /** Epoch milliseconds; null: not yet. */
  readonly removedAt: number | null
}

export const readOpenErasures = (database: Queryable) => database.query<OpenErasure>(READ)
