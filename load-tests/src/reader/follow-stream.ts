import { decodePositionFrame, type LivePosition, type ServerMessage, STREAM_PROTOCOL } from '@cordon/contract'
import { sleep } from '@cordon/runtime'
import { type RawData, WebSocket } from 'ws'

export interface StreamOptions {
  readonly url: string
  readonly token: string
  /** Positions: all of them, or those of a box. */
  readonly positions: true | { readonly bbox: readonly number[] }
  /** Everything after this place on a reconnect; undefined the first time. */
  readonly since: () => string | undefined
  readonly onBytes: (count: number) => void
  /** Null: only the bytes are counted. `since` is what this connection asked with. */
  readonly onMessage: ((message: ServerMessage, since: string | undefined) => void) | null
  readonly onPositions?: (positions: readonly LivePosition[]) => void
  readonly onReconnect: () => void
}

const RETRY_MS = 100

/** A client that watches everything, and comes back by itself. Fulfilled when it is subscribed for the first time. */
export async function followStream(options: StreamOptions): Promise<void> {
  let first = true
  const connectOnce = async (): Promise<void> => {
    const socket = await open(options)
    socket.on('close', () => void reconnect())
    if (!first) options.onReconnect()
    first = false
  }
  const reconnect = async () => {
    for (;;) {
      await sleep(RETRY_MS)
      const isOpen = await connectOnce().then(
        () => true,
        () => false,
      )
      if (isOpen) return
    }
  }
  await connectOnce()
}

function open({ url, token, positions, since, onBytes, onMessage, onPositions }: StreamOptions): Promise<WebSocket> {
  const socket = new WebSocket(url, STREAM_PROTOCOL, { headers: { authorization: `Bearer ${token}` } })
  return new Promise((resolve, reject) => {
    const asked = since()
    // an error after the opening is followed by a close, which is what counts then
    socket.on('error', reject)
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'subscribe', positions, encoding: 'binary', incidents: true, since: asked }))
      resolve(socket)
    })
    socket.on('message', (data: RawData, isBinary: boolean) => {
      const bytes = data as Buffer
      onBytes(bytes.length)
      if (isBinary) return onPositions?.(decodePositionFrame(bytes) ?? [])
      if (onMessage === null) return
      const message = JSON.parse(bytes.toString()) as ServerMessage
      onMessage(message, asked)
    })
  })
}
