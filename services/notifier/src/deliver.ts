import type { Cursor } from '@cordon/contract'
import { deriveSecret } from '@cordon/runtime'
import {
  type IncidentChange,
  type LeasedWebhook,
  noteWebhookDelivered,
  noteWebhookFailed,
  type Queryable,
  readIncidentChanges,
} from '@cordon/store'
import { type SendOptions, send } from './send.ts'

export interface DeliverParts extends SendOptions {
  readonly database: Queryable
  readonly notifier: string
  readonly webhookKey: string
  readonly onDelivery: (isReceived: boolean) => void
}

/** `told`: there was no more. `failed`: to be tried again later. `lost`: another notifier has it by now, or it has ended. */
export type Outcome = 'told' | 'failed' | 'lost'

/** Changes of one page. After a break of an hour at a county's load a page is a few minutes. */
const PAGE = 100

/**
 * Tells one webhook what is in the log after its position, in the log's order, one at a time. The position moves after the receipt: a
 * notifier that dies in between delivers that one again, under the same id. Nothing is skipped: what is not received holds up what
 * follows, for this webhook and no other.
 */
export async function deliver(webhook: LeasedWebhook, parts: DeliverParts): Promise<Outcome> {
  const { database, notifier, signal } = parts
  const held = { id: webhook.id, notifier }
  let { position } = webhook
  while (!signal.aborted) {
    const changes = await readIncidentChanges(database, position, PAGE)
    for (const change of changes) {
      const isTold = isWanted(webhook, change)
      if (isTold) {
        const answer = await send(parcelOf(webhook, change, parts.webhookKey), parts)
        if (signal.aborted && !answer.isReceived) return 'failed'
        parts.onDelivery(answer.isReceived)
        if (!answer.isReceived) {
          await noteWebhookFailed(database, held, answer.reason)
          return 'failed'
        }
      }
      position = change.cursor
      const isLast = change === changes.at(-1)
      // What was not asked for is noted once a page.
      if ((isTold || isLast) && !(await noteWebhookDelivered(database, held, { position, isTold }))) return 'lost'
    }
    if (changes.length < PAGE) return 'told'
  }
  return 'told'
}

const isWanted = ({ severities }: LeasedWebhook, { incident }: IncidentChange) =>
  severities.length === 0 || severities.includes(incident.severity)

function parcelOf({ id, url, salt }: LeasedWebhook, { cursor, change, incident }: IncidentChange, key: string) {
  return {
    url,
    id: idOf(id, cursor),
    secret: deriveSecret(key, salt),
    body: { type: `incident.${change}`, timestamp: incident.changedAt, cursor, data: incident },
  } as const
}

const idOf = (webhookId: string, cursor: Cursor) => `${webhookId}-${cursor}`
