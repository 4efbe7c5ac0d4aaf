import type { Queryable } from '../connection/store.ts'

const END = { name: 'end-webhook', text: 'update webhooks set ended_at = now() where id = $1 and ended_at is null' }

/** Whether there was such a webhook. */
export async function endWebhook(database: Queryable, id: string): Promise<boolean> {
  return (await database.execute(END, [id])) === 1
}
