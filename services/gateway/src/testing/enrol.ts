import { randomUUID } from 'node:crypto'
import type { Api } from './api.ts'

export interface Enrolled {
  readonly wearerId: string
  readonly orderId: string
  readonly tagId: string
  readonly activationId: string
}

/** A monitored person, made over HTTP as a client would. `officer`: account name of the responsible officer. */
export async function enrol(api: Api, officer?: string): Promise<Enrolled> {
  const from = '2026-01-01T00:00:00Z'
  const tagId = `tag-${randomUUID()}`
  const wearer = await api.post('/wearers', { name: 'A. Wearer', reference: randomUUID() })
  const wearerId: string = wearer.body.id
  await api.post('/tags', { id: tagId })
  const order = await api.post('/orders', {
    wearerId,
    type: 'licence',
    from,
    ...(officer !== undefined && { officerId: officer }),
  })
  const activation = await api.post('/activations', { wearerId, tagId, from })
  return { wearerId, orderId: order.body.id, tagId, activationId: activation.body.id }
}
