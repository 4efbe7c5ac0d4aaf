import type { ServerMessage } from '@cordon/contract'
import { WebSocket } from 'ws'

type Message<Type extends ServerMessage['type']> = Extract<ServerMessage, { type: Type }>

export interface StreamClient {
  readonly socket: WebSocket
  readonly seen: ServerMessage[]
  /** Binary messages, each as it came. */
  readonly frames: Buffer[]
  /** The first message of this type, come or yet to come, that passes. */
  until<Type extends ServerMessage['type']>(
    type: Type,
    test?: (message: Message<Type>) => boolean,
  ): Promise<Message<Type>>
  /** Resolves when a frame has come, or is there, that passes. */
  untilFrame(test: (frame: Buffer) => boolean): Promise<Buffer>
  say(message: object | string): void
  /** Incidents of snapshots and single messages, in the order they came. */
  incidentIds(): string[]
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  close(): Promise<void>
}

/** A client of the stream as any integrator would write it. Rejects with the HTTP status when it is not let in. */
export async function openStream(base: string, headers: Record<string, string>): Promise<StreamClient> {
  const socket = new WebSocket(`${base.replace('http', 'ws')}/api/v1/stream`, 'cordon.v1', { headers })
  const seen: ServerMessage[] = []
  const frames: Buffer[] = []
  const waiting = new Set<() => void>()
  const closed = new Promise<{ code: number; reason: string }>(resolve => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
  socket.on('message', (data, isBinary) => {
    if (isBinary) frames.push(data as Buffer)
    else seen.push(JSON.parse((data as Buffer).toString()) as ServerMessage)
    for (const wake of waiting) wake()
  })
  await new Promise((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('error', reject)
  })
  const find = <Type extends ServerMessage['type']>(type: Type, test: (message: Message<Type>) => boolean) =>
    seen.find((message): message is Message<Type> => message.type === type && test(message as Message<Type>))
  return {
    socket,
    seen,
    frames,
    closed,
    until: async (type, test = () => true) => {
      for (;;) {
        const found = find(type, test)
        if (found !== undefined) return found
        await new Promise<void>(resolve => {
          waiting.add(resolve)
        })
      }
    },
    untilFrame: async test => {
      for (;;) {
        const found = frames.find(test)
        if (found !== undefined) return found
        await new Promise<void>(resolve => {
          waiting.add(resolve)
        })
      }
    },
    say: message => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    incidentIds: () =>
      seen.flatMap(message => {
        if (message.type === 'snapshot') return message.incidents.map(({ id }) => id)
        return message.type === 'incident' ? [message.incident.id] : []
      }),
    close: async () => {
      socket.terminate()
      await closed
    },
  }
}
