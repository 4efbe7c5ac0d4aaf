import type { WebhookDelivery } from '@cordon/contract'
import { toError } from '@cordon/runtime'
import { Webhook } from 'standardwebhooks'

export interface Parcel {
  readonly url: string
  /** The same whenever the same change is delivered again: by it the receiver knows that it has it. */
  readonly id: string
  readonly secret: Uint8Array
  readonly body: WebhookDelivery
}

/** Received, or why not. */
export type Answer = { readonly isReceived: true } | { readonly isReceived: false; readonly reason: string }

export interface SendOptions {
  readonly answerWithinMs: number
  readonly signal: AbortSignal
}

/**
 * One delivery, signed as Standard Webhooks says (headers webhook-id, webhook-timestamp, webhook-signature). Any 2xx is a receipt;
 * anything else, a redirect included, is why there is none. Neither the address nor what came back is in the reason: both may hold secrets.
 */
export async function send(parcel: Parcel, { answerWithinMs, signal }: SendOptions): Promise<Answer> {
  const { url, id, secret } = parcel
  const body = JSON.stringify(parcel.body)
  const at = new Date()
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'cordon-notifier',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': new Webhook(secret, { format: 'raw' }).sign(id, at, body),
      },
      body,
    })
    await response.body?.cancel()
    return response.ok ? { isReceived: true } : { isReceived: false, reason: `it answered ${response.status}` }
  } catch (error) {
    return { isReceived: false, reason: reasonOf(toError(error), answerWithinMs) }
  }
}

function reasonOf(error: Error, answerWithinMs: number): string {
  if (error.name === 'TimeoutError') return `no answer in ${answerWithinMs} ms`
  const { cause } = error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : error.name
  return `no connection: ${code}`
}
