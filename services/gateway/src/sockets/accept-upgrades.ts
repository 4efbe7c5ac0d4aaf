import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { STREAM_PATH, STREAM_PROTOCOL } from '@cordon/contract'
import { type ErrorCode, type Logger, toError } from '@cordon/runtime'
import type { Queryable } from '@cordon/store'
import { WebSocketServer } from 'ws'
import { asCordonError, PROBLEM_TYPE, toProblem } from '../http/problem.ts'
import { Refusal } from '../http/refuse.ts'
import { authenticate } from '../sign-in/authenticate.ts'
import type { Front } from '../sign-in/front.ts'
import { isSameOrigin } from '../sign-in/same-origin.ts'
import { hasRight, type Viewer } from '../sign-in/viewer.ts'
import type { UnderWay } from '../under-way.ts'
import type { StreamHub } from './stream-hub.ts'

export interface UpgradeParts {
  readonly database: Queryable
  readonly hub: StreamHub
  readonly logger: Logger
  readonly front: Front
  /** Clients at once. */
  readonly maxClients: number
  readonly underWay: UnderWay
}

/** Bytes: a subscription to 10,000 wearers with 19-digit ids is 220 kB. */
const MAX_MESSAGE_BYTES = 262_144

/** Lets clients of the stream in, and answers everybody else with a problem document before there is a socket. */
export function acceptUpgrades(server: Server, parts: UpgradeParts): void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: () => STREAM_PROTOCOL,
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const onError = (error: Error) => parts.logger.debug({ err: error }, 'upgrade')
    socket.on('error', onError)
    parts.underWay.track(letIn(request, parts)).then(
      viewer => {
        socket.off('error', onError)
        sockets.handleUpgrade(request, socket, head, opened => parts.hub.add(opened, viewer))
      },
      (error: unknown) => refuse(socket, toError(error), parts.logger),
    )
  })
}

async function letIn(request: IncomingMessage, parts: UpgradeParts): Promise<Viewer> {
  const { database, hub, front, maxClients } = parts
  if (request.url?.split('?', 1)[0] !== STREAM_PATH) throw new Refusal('not-found', 'there is no socket here')
  const protocols = request.headers['sec-websocket-protocol']?.split(',').map(name => name.trim()) ?? []
  if (!protocols.includes(STREAM_PROTOCOL)) {
    throw new Refusal('invalid-query', `expected the subprotocol ${STREAM_PROTOCOL}`, {
      field: 'Sec-WebSocket-Protocol',
    })
  }
  if (hub.count() >= maxClients) throw new Refusal('too-many-requests', 'this gateway has all the clients it can take')
  const viewer = await authenticate(database, request.headers, front)
  if (viewer === undefined) throw new Refusal('unauthenticated', 'the stream takes a session or an API token')
  // Browsers let any page open a socket to anywhere, with the cookie: only the origin tells whose page it is.
  if (viewer.credential.kind === 'session' && !isSameOrigin(request.headers, front)) {
    throw new Refusal('forbidden', 'the stream is open to pages of this site only')
  }
  if (!hasRight(viewer, 'read')) throw new Refusal('forbidden', 'your role does not have the right to read')
  return viewer
}

const REASONS: Readonly<Partial<Record<ErrorCode, string>>> = {
  'not-found': 'Not Found',
  unauthenticated: 'Unauthorized',
  forbidden: 'Forbidden',
  'too-many-requests': 'Too Many Requests',
  'invalid-query': 'Bad Request',
}

function refuse(socket: Duplex, error: Error, logger: Logger): void {
  const refused = asCordonError(error)
  const problem = toProblem(refused, STREAM_PATH)
  if (problem.status >= 500) logger.error({ err: refused }, 'a stream was not opened')
  const body = JSON.stringify(problem)
  socket.end(
    `HTTP/1.1 ${problem.status} ${REASONS[refused.code] ?? 'Service Unavailable'}\r\nContent-Type: ${PROBLEM_TYPE}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}
