import { instant } from '../paging/select.ts'

export const TAG = `t.id, t.model, t.protocol, ${instant('t.created_at')} as "createdAt"`
