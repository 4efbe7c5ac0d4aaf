import { instant } from '../paging/select.ts'

export const PASS = `p.id, p.condition_id as "conditionId", ${instant('p.valid_from')} as "from", ${instant('p.valid_to')} as "to",
  p.reason, p.corridor, p.created_by as "createdBy", ${instant('p.created_at')} as "createdAt"`
