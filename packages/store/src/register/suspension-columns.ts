import { instant } from '../paging/select.ts'

export const SUSPENSION = `p.id, p.wearer_id as "wearerId", ${instant('p.valid_from')} as "from", ${instant('p.valid_to')} as "to",
  p.reason, p.created_by as "createdBy", ${instant('p.created_at')} as "createdAt"`
