import { instant } from '../paging/select.ts'

/** Of `erasures e`, as on the wire. */
export const ERASURE = `e.id, e.wearer_id as "wearerId", array(select unnest(e.activation_ids)::text) as "activationIds", e.why, e.reason,
  e.reference, e.state, ${instant('e.requested_at')} as "requestedAt", e.requested_by as "requestedBy",
  ${instant('e.removed_at')} as "removedAt", ${instant('e.certified_at')} as "certifiedAt", e.removed, e.mentions, e.proof as "left"`
