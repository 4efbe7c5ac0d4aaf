import { randomBytes } from 'node:crypto'
import { deriveSecret } from '@cordon/runtime'
import { endWebhook, insertWebhook, listWebhooks } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'
import { notFound, Refusal } from '../http/refuse.ts'

const SALT_BYTES = 16

/** `webhookKey`: the notifier has the same one, and signs with what follows from it and the webhook's salt. */
export const webhookHandlers = (
  webhookKey: string | undefined,
): Pick<Handlers, 'listWebhooks' | 'createWebhook' | 'endWebhook'> => ({
  listWebhooks: ({ database, page }) => listWebhooks(database, page),
  createWebhook: async ({ database, viewer, body }) => {
    if (webhookKey === undefined) {
      throw new Refusal('conflict', 'webhooks are signed: set CORDON_WEBHOOK_KEY for gateway and notifier first')
    }
    const { name, url, severities = [] } = body
    const salt = randomBytes(SALT_BYTES)
    const webhook = await insertWebhook(database, { name, url, severities, salt, createdBy: viewer.name })
    await record(database, viewer, { what: 'create-webhook', detail: { webhookId: webhook.id, severities } })
    return { ...webhook, secret: `whsec_${deriveSecret(webhookKey, salt).toString('base64')}` }
  },
  endWebhook: async ({ database, viewer, params }) => {
    if (!(await endWebhook(database, params.id))) throw notFound('webhook')
    await record(database, viewer, { what: 'end-webhook', detail: { webhookId: params.id } })
    return null
  },
})
