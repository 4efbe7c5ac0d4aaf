import { instant } from '../paging/select.ts'

export const WEBHOOK = `h.id, h.name, h.url, h.severities, h.position::text as position,
  greatest((select coalesce(max(cursor), 0) from incident_changes) - h.position, 0)::text as waiting,
  ${instant('h.delivered_at')} as "deliveredAt", ${instant('h.failing_since')} as "failingSince",
  h.last_error as "lastError", h.created_by as "createdBy", ${instant('h.created_at')} as "createdAt"`
