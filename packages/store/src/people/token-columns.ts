import { instant } from '../paging/select.ts'

export const TOKEN = `t.id, t.name, t.role, ${instant('t.created_at')} as "createdAt", ${instant('t.valid_to')} as "to",
  ${instant('t.last_used_at')} as "lastUsedAt"`
