import Type, { type Static } from 'typebox'
import { LIMITS } from '../limits.ts'
import { CursorText, Id, Instant, words } from '../schema.ts'
import { SEVERITIES } from '../vocabulary.ts'
import { Incident } from './incidents.ts'

/** Another system that is told of incidents: a case system, a control room. */
export const WebhookCreate = Type.Object({
  name: Type.String({ minLength: 1, maxLength: LIMITS.name }),
  url: Type.String({
    maxLength: 2_048,
    pattern: '^https://[^@\\s]+$|^http://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:\\d{1,5})?(/[^@\\s]*)?$',
    description: 'https, without a user name; plain http to this machine only. Redirects are not followed',
  }),
  severities: Type.Optional(
    Type.Array(words(SEVERITIES), { uniqueItems: true, description: 'left out or empty: incidents of every severity' }),
  ),
})
export type WebhookCreate = Static<typeof WebhookCreate>

export const Webhook = Type.Object({
  id: Id,
  name: Type.String(),
  url: Type.String(),
  severities: Type.Array(words(SEVERITIES)),
  position: Type.String({ description: 'cursor of the last change of an incident that it has been told' }),
  waiting: Type.String({ description: 'changes in the log after that, as a decimal number; some may not be for it' }),
  deliveredAt: Type.Optional(Instant),
  failingSince: Type.Optional(Instant),
  lastError: Type.Optional(Type.String()),
  createdBy: Type.String(),
  createdAt: Instant,
})
export type Webhook = Static<typeof Webhook>

export const WebhookCreated = Type.Object({
  ...Webhook.properties,
  secret: Type.String({ description: 'whsec_…, shown once: deliveries are signed with it (Standard Webhooks)' }),
})
export type WebhookCreated = Static<typeof WebhookCreated>

/** The body of a delivery. Its header `webhook-id` is the same whenever the same change is delivered again. */
export const WebhookDelivery = Type.Object({
  type: words(['incident.raised', 'incident.changed']),
  timestamp: Instant,
  cursor: CursorText,
  data: Incident,
})
export type WebhookDelivery = Static<typeof WebhookDelivery>
