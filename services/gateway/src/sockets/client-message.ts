import { ClientMessage, createCheck } from '@cordon/contract'

export type ClientMessageReading =
  | { readonly ok: true; readonly message: ClientMessage }
  | { readonly ok: false; readonly detail: string }

const isClientMessage = createCheck(ClientMessage)

/** What a client said, or what is wrong with it. */
export function readClientMessage(data: Buffer): ClientMessageReading {
  try {
    const message: unknown = JSON.parse(data.toString())
    if (isClientMessage(message)) return { ok: true, message }
    return {
      ok: false,
      detail: 'expected {"type": "subscribe", "positions"?, "incidents"?, "since"?}, "unsubscribe" or "pong"',
    }
  } catch {
    return { ok: false, detail: 'expected a JSON text' }
  }
}
