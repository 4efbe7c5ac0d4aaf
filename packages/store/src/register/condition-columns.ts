import { instant } from '../paging/select.ts'

/** Of `conditions c join orders o on o.id = c.order_id`. */
export const CONDITION = `c.id, c.order_id as "orderId", c.zone_id as "zoneId", o.wearer_id as "wearerId", c.hours,
  ${instant('c.valid_from')} as "from", ${instant('c.valid_to')} as "to", c.priority,
  ${instant('c.created_at')} as "createdAt"`
