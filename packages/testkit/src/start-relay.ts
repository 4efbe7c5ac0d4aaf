import { connect, createServer, type Socket } from 'node:net'

/** What the network does: carries, refuses and cuts, or stays open and carries nothing (half-open: no FIN is ever sent). */
export type RelayState = 'carries' | 'refuses' | 'stalls'

export interface Relay {
  readonly port: number
  set(state: RelayState): void
  stop(): Promise<void>
}

/** A stretch of network between two parts of a test, to a port on this machine. */
export async function startRelay(targetPort: number): Promise<Relay> {
  let state: RelayState = 'carries'
  const pairs = new Set<readonly [Socket, Socket]>()
  const server = createServer(near => {
    const far = connect(targetPort, '127.0.0.1')
    const pair = [near, far] as const
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      for (const socket of pair) socket.destroy()
    }
    for (const socket of pair) socket.on('error', end).on('close', end)
    near.on('data', chunk => far.write(chunk))
    far.on('data', chunk => near.write(chunk))
    apply(pair)
  })
  const apply = (pair: readonly [Socket, Socket]): void => {
    for (const socket of pair) {
      if (state === 'refuses') socket.destroy()
      else if (state === 'stalls') socket.pause()
      else socket.resume()
    }
  }
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    set: next => {
      state = next
      for (const pair of [...pairs]) apply(pair)
    },
    stop: async () => {
      const closed = new Promise(resolve => server.close(resolve))
      for (const pair of [...pairs]) for (const socket of pair) socket.destroy()
      await closed
    },
  }
}

/** The same address, by way of the relay. */
export function through(relay: Relay, url: string): string {
  const address = new URL(url)
  address.hostname = '127.0.0.1'
  address.port = String(relay.port)
  return address.toString()
}
