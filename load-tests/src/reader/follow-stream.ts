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
  /** `since` is what this connection asked with. */
  readonly onMessage: (message: ServerMessage, since: string | undefined) => void
  /** Left out: of positions only the bytes are counted. */
  readonly onPositions?: (positions: readonly LivePosition[]) => void
  readonly onLost?: () => void
  readonly onReconnect: () => void
}

export interface Stream {
  /** Stops reading from the network, or goes on. */
  pause(): void
  resume(): void
}

const RETRY_MS = 100
const OPEN_MS = 5_000
/** The gateway says something at least every 10 s: a connection that is silent for longer is dead, whatever the network says. */
const SILENCE_MS = 12_000

/** A client that watches everything, and comes back by itself. Fulfilled when it is subscribed for the first time. */
export async function followStream(options: StreamOptions): Promise<Stream> {
  let first = true
  let isPaused = false
  let socket: WebSocket
  const connectOnce = async (): Promise<void> => {
    const opened = await open(options, () => isPaused)
    socket = opened
    opened.on('close', () => {
      options.onLost?.()
      void reconnect()
    })
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
  return {
    pause: () => {
      isPaused = true
      socket.pause()
    },
    resume: () => {
      isPaused = false
      socket.resume()
    },
  }
}

function open(
  { url, token, positions, since, onBytes, onMessage, onPositions }: StreamOptions,
  isPaused: () => boolean,
): Promise<WebSocket> {
  const headers = { authorization: `Bearer ${token}` }
  const socket = new WebSocket(url, STREAM_PROTOCOL, { headers, handshakeTimeout: OPEN_MS })
  let silence: NodeJS.Timeout | undefined
  const heard = () => {
    clearTimeout(silence)
    silence = setTimeout(() => (isPaused() ? heard() : socket.terminate()), SILENCE_MS)
  }
  return new Promise((resolve, reject) => {
    const asked = since()
    // an error after the opening is followed by a close, which is what counts then
    socket.on('error', reject)
    socket.on('close', () => clearTimeout(silence))
    socket.on('open', () => {
      heard()
      socket.send(JSON.stringify({ type: 'subscribe', positions, encoding: 'binary', incidents: true, since: asked }))
      resolve(socket)
    })
    socket.on('message', (data: RawData, isBinary: boolean) => {
      heard()
      const bytes = data as Buffer
      onBytes(bytes.length)
      if (isBinary) return onPositions?.(decodePositionFrame(bytes) ?? [])
      const message = JSON.parse(bytes.toString()) as ServerMessage
      if (message.type === 'ping') socket.send('{"type":"pong"}')
      onMessage(message, asked)
    })
  })
}
