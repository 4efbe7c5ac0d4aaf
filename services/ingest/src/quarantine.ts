import { decodeMessage } from '@cordon/codec'
import { emptyBatch, type Store, writeBatch } from '@cordon/store'
import type { ReceivedMessage } from './subscribe/create-subscriber.ts'

/** Keeps a message that could be read and yet failed three times on its way to the database, with the error as its reason. */
export function createQuarantine(store: Store) {
  return async ({ topic, payload, receivedAt }: ReceivedMessage, error: Error): Promise<void> => {
    const { tagId } = decodeMessage(topic, payload, receivedAt)
    const rejection = { code: 'poison', field: '', detail: `processing it failed: ${error.message}`, index: null }
    await writeBatch(store, { ...emptyBatch, quarantine: [{ topic, tagId, receivedAt, payload, rejection }] })
  }
}
