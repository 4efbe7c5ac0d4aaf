import { instant } from '../paging/select.ts'

export const ACTIVATION = `a.id, a.wearer_id as "wearerId", a.tag_id as "tagId", ${instant('a.valid_from')} as "from",
  ${instant('a.valid_to')} as "to", ${instant('a.created_at')} as "createdAt"`
