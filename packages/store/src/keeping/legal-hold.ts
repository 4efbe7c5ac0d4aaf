import { instant } from '../paging/select.ts'

export const LEGAL_HOLD = `h.id, h.wearer_id as "wearerId", h.reason, ${instant('h.valid_from')} as "from",
  ${instant('h.valid_to')} as "until", h.created_by as "createdBy", h.ended_by as "endedBy", h.end_reason as "endReason"`

/** Whether a wearer is under a legal hold now. */
export const isHeld = (wearerColumn: string): string =>
  `exists (select from legal_holds hold where hold.wearer_id = ${wearerColumn} and (hold.valid_to is null or hold.valid_to > now()))`

/** The activations of every wearer under a hold. */
export const HELD_ACTIVATIONS = `select held.id from activations held where ${isHeld('held.wearer_id')}`
