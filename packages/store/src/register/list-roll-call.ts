import type { RollCallRow } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { instant } from '../paging/select.ts'
import { type Caseload, wearerInCaseload } from '../people/caseload.ts'

const inForce = (row: string) => `${row}.valid_from <= now() and (${row}.valid_to is null or ${row}.valid_to > now())`

/** Without a supervision plan to say otherwise: a tag that has measured nothing for an hour is not reporting. */
const SILENT_AFTER = `interval '1 hour'`

const ORDER_WITHOUT_TAG = `
  select 1 as rank, o.id as id, 'order-without-tag' as problem, o.wearer_id, o.id as order_id,
         null::bigint as activation_id, null::text as tag_id, o.valid_from as since
  from orders o
  where ${inForce('o')} and not exists (select from activations a where a.wearer_id = o.wearer_id and ${inForce('a')})`

const TAG_WITHOUT_ORDER = `
  select 2, a.id, 'tag-without-order', a.wearer_id, null, a.id, a.tag_id, a.valid_from
  from activations a
  where ${inForce('a')} and not exists (select from orders o where o.wearer_id = a.wearer_id and ${inForce('o')})`

// The latest fix is one descent of the primary key per activation. A suspended wearer is silent for a known reason.
const QUIET = `
  select case when f.measured_at is null then 3 else 4 end, a.id,
         case when f.measured_at is null then 'never-heard' else 'not-reporting' end,
         a.wearer_id, null, a.id, a.tag_id, coalesce(f.measured_at, a.valid_from)
  from activations a
  left join lateral (
    select measured_at from fixes
    where activation_id = a.id and measured_at >= a.valid_from order by measured_at desc limit 1
  ) f on true
  where ${inForce('a')} and coalesce(f.measured_at, '-infinity') < now() - ${SILENT_AFTER}
    and not exists (select from suspensions s where s.wearer_id = a.wearer_id and ${inForce('s')})`

const LIST: List = {
  name: 'roll-call',
  select: `r.problem, r.wearer_id as "wearerId", w.name as "wearerName", r.order_id as "orderId",
    r.activation_id as "activationId", r.tag_id as "tagId", ${instant('r.since')} as since`,
  from: `(${ORDER_WITHOUT_TAG} union all ${TAG_WITHOUT_ORDER} union all ${QUIET}) r join wearers w on w.id = r.wearer_id`,
  keys: [
    { column: 'r.rank', type: 'bigint' },
    { column: 'r.id', type: 'bigint' },
  ],
  order: 'asc',
}

/** People believed to be monitored who are not (R14): by kind of problem, then by id. */
export function listRollCall(database: Queryable, caseload: Caseload, page: PageRequest): Promise<Page<RollCallRow>> {
  return readPage<RollCallRow>(database, LIST, [wearerInCaseload('r.wearer_id', caseload)], page)
}
