import type { ClientMessage, LivePosition, ServerMessage, STREAM_PATH, STREAM_PROTOCOL } from '@cordon/contract'
import { decodePositionFrame } from '@cordon/contract/position-frame'
import { reconnectDelayMs } from './backoff.ts'

/** The contract's own values, checked by the compiler: importing them would bring its schemas into the browser. */
const streamPath: typeof STREAM_PATH = '/api/v1/stream'
const streamProtocol: typeof STREAM_PROTOCOL = 'cordon.v1'

/** `system` comes every 10 s: a socket that has been mute for longer than this is taken for dead and replaced. */
const muteLimitMs = 25_000
const muteCheckMs = 5_000

const serverTypes: ReadonlySet<string> = new Set<ServerMessage['type']>([
  'hello',
  'snapshot',
  'positions',
  'incident',
  'provisional',
  'system',
  'ping',
  'error',
])

/** What the client needs of a WebSocket; the browser's own satisfies it. */
export type StreamSocket = Pick<WebSocket, 'send' | 'close' | 'addEventListener' | 'binaryType'>

export type StreamOptions = {
  readonly openSocket: (path: string, protocol: string) => StreamSocket
  /** The cursor to resume from, or undefined for a complete snapshot. */
  readonly cursor: () => string | undefined
  readonly onMessage: (message: ServerMessage) => void
  /** Positions come as frames of bytes, by the thousand; a frame of a later version of the gateway is ignored. */
  readonly onPositions: (positions: readonly LivePosition[]) => void
  /** Called when a connection ends or cannot be made, with the number of attempts that have failed in a row. */
  readonly onDown: (attempt: number) => void
  readonly random: () => number
  readonly now: () => number
}

/** Opens the live stream, keeps it open, and returns its stop. It holds no messages: each is handed on as it comes. */
export function startStream(options: StreamOptions): () => void {
  let attempt = 0
  let lastHeardAtMs = options.now()
  let socket: StreamSocket | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  function open(): void {
    const opened = options.openSocket(streamPath, streamProtocol)
    socket = opened
    opened.binaryType = 'arraybuffer'
    lastHeardAtMs = options.now()
    opened.addEventListener('open', () => send(opened, subscription(options.cursor())))
    opened.addEventListener('message', event => receive(opened, (event as MessageEvent<unknown>).data))
    opened.addEventListener('close', () => {
      if (socket === opened) reconnect()
    })
  }

  function receive(from: StreamSocket, data: unknown): void {
    if (socket !== from) return
    if (data instanceof ArrayBuffer) receiveFrame(data)
    else receiveMessage(from, readMessage(data))
  }

  function receiveFrame(frame: ArrayBuffer): void {
    lastHeardAtMs = options.now()
    const positions = decodePositionFrame(new Uint8Array(frame))
    if (positions !== undefined) options.onPositions(positions)
  }

  function receiveMessage(from: StreamSocket, message: ServerMessage | undefined): void {
    if (message === undefined) return
    lastHeardAtMs = options.now()
    attempt = 0
    if (message.type === 'ping') send(from, { type: 'pong' })
    else options.onMessage(message)
    // The connection stays open and waits: everything is asked for anew.
    if (isRefusedCursor(message)) send(from, subscription(undefined))
  }

  function reconnect(): void {
    socket = undefined
    if (stopped) return
    options.onDown(attempt)
    retry = setTimeout(open, reconnectDelayMs(attempt, options.random()))
    attempt++
  }

  function replaceMuteSocket(): void {
    if (socket === undefined || options.now() - lastHeardAtMs < muteLimitMs) return
    const mute = socket
    reconnect()
    mute.close()
  }

  const muteCheck = setInterval(replaceMuteSocket, muteCheckMs)
  open()
  return () => {
    stopped = true
    clearTimeout(retry)
    clearInterval(muteCheck)
    socket?.close()
  }
}

/** The gateway does not know the cursor (its data was restored, say). */
export function isRefusedCursor(message: ServerMessage): boolean {
  return message.type === 'error' && message.code === 'cursor-invalid'
}

function subscription(since: string | undefined): ClientMessage {
  const asked = { type: 'subscribe', positions: true, encoding: 'binary', incidents: true } as const
  return since === undefined ? asked : { ...asked, since }
}

function send(socket: StreamSocket, message: ClientMessage): void {
  socket.send(JSON.stringify(message))
}

/** Types added by a later version of the gateway are ignored, as the interface promises. */
function readMessage(data: unknown): ServerMessage | undefined {
  if (typeof data !== 'string') return undefined
  const message: unknown = JSON.parse(data)
  const isKnown =
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    typeof message.type === 'string' &&
    serverTypes.has(message.type)
  return isKnown ? (message as ServerMessage) : undefined
}
