import { instant } from '../paging/select.ts'

export const ACCOUNT = `p.id, p.name, p.display_name as "displayName", p.role, ${instant('p.created_at')} as "createdAt"`
