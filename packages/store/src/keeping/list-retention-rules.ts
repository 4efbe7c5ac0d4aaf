import type { RetentionRule } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { instant } from '../paging/select.ts'

const LIST = {
  name: 'list-retention-rules',
  text: `select what, order_type as "orderType", days, ${instant('changed_at')} as "changedAt", changed_by as "changedBy"
           from retention_rules order by what, order_type`,
}

/** All of them: four that are always there, and those of single types of orders. */
export async function listRetentionRules(database: Queryable): Promise<RetentionRule[]> {
  return [...(await database.query<RetentionRule>(LIST))]
}
