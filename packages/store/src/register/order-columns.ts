import { instant } from '../paging/select.ts'

export const ORDER = `o.id, o.wearer_id as "wearerId", o.type, ${instant('o.valid_from')} as "from",
  ${instant('o.valid_to')} as "to", o.authority, o.risk, o.officer as "officerId", ${instant('o.created_at')} as "createdAt"`
