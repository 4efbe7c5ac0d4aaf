import type { RetentionRulesReplace } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

// One after the other: two that replace at once would leave a mixture of both.
const LOCK = { name: 'lock-retention-rules', text: 'lock table retention_rules in exclusive mode' }
const FORGET = {
  name: 'forget-retention-rules',
  text: `delete from retention_rules rule where not exists (
           select from unnest($1::text[], $2::text[]) as kept (what, order_type)
            where (kept.what, kept.order_type) = (rule.what, rule.order_type))`,
}
const PUT = {
  name: 'put-retention-rules',
  text: `insert into retention_rules as rule (what, order_type, days, changed_by)
         select *, $4 from unnest($1::text[], $2::text[], $3::integer[])
         on conflict (what, order_type) do update
           set days = excluded.days, changed_at = excluded.changed_at, changed_by = excluded.changed_by
         where rule.days <> excluded.days`,
}

/** The rules are these and no others. `by` stands at those that are new or changed. In a transaction. */
export async function replaceRetentionRules(
  inside: Queryable,
  { rules }: RetentionRulesReplace,
  by: string,
): Promise<void> {
  const what = rules.map(rule => rule.what)
  const orderTypes = rules.map(rule => rule.orderType)
  await inside.query(LOCK)
  await inside.query(FORGET, [what, orderTypes])
  await inside.query(PUT, [what, orderTypes, rules.map(({ days }) => days), by])
}
