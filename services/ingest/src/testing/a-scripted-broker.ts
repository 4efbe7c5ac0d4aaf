import { createServer, type Socket } from 'node:net'
import { listen } from '@cordon/runtime'
import { parser as createParser, generate, type Packet } from 'mqtt-packet'

export interface ScriptedBroker {
  readonly url: string
  /** Every packet that came, over all connections. */
  readonly got: Packet[]
  /** Sends a packet, or bytes that are none, over the last connection. */
  readonly send: (packet: Packet | Buffer) => void
  stop(): Promise<void>
}

/** A broker that does what real ones do at their worst: answers each packet as it is told, and says what it likes. */
export async function aScriptedBroker(
  answer: (packet: Packet) => Packet | 'nothing' | 'close',
  protocolVersion: 4 | 5 = 5,
): Promise<ScriptedBroker> {
  const got: Packet[] = []
  const sockets = new Set<Socket>()
  let last: Socket | undefined
  const encode = (packet: Packet) => generate(packet, { protocolVersion })
  const server = createServer(socket => {
    last = socket
    sockets.add(socket)
    const parser = createParser({ protocolVersion })
    parser.on('packet', packet => {
      got.push(packet)
      const said = answer(packet)
      if (said === 'close') socket.destroy()
      else if (said !== 'nothing') socket.write(encode(said))
    })
    socket.on('data', chunk => parser.parse(chunk))
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  const port = await listen(server, 0, '127.0.0.1')
  return {
    url: `mqtt://127.0.0.1:${port}`,
    got,
    send: packet => void last?.write(Buffer.isBuffer(packet) ? packet : encode(packet)),
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** Takes everybody and every subscription. */
export function politely(packet: Packet): Packet | 'nothing' {
  switch (packet.cmd) {
    case 'connect':
      return { cmd: 'connack', reasonCode: 0, returnCode: 0, sessionPresent: false }
    case 'subscribe':
      return { cmd: 'suback', messageId: packet.messageId ?? 0, granted: packet.subscriptions.map(() => 1) }
    case 'pingreq':
      return { cmd: 'pingresp' }
    default:
      return 'nothing'
  }
}
