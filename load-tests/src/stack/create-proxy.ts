import { connect, createServer, type Socket } from 'node:net'
import { listen } from '@cordon/runtime'

export interface Address {
  readonly host: string
  readonly port: number
}

/** `up` is from the client to the server. */
export type Direction = 'up' | 'down'

/** A piece of network that does as it is told, between clients and one server. */
export interface NetworkProxy {
  readonly port: number
  /** From now on nothing is delivered in these directions; connections stay open, new ones are taken and stay as silent. */
  stall(...directions: readonly Direction[]): void
  /** Connections are reset, and new ones at once, until it is healed. */
  refuse(): void
  /** Resets what is open; whoever comes again is let through. */
  reset(): void
  /** What was held back is delivered, as a network does that is there again, and everybody is let through. */
  heal(): void
  /** New connections go to another server: the address moves. What is open is reset. */
  moveTo(target: Address): void
  stop(): Promise<void>
}

interface Pair {
  readonly client: Socket
  readonly server: Socket
}

/**
 * Memory is bounded by the sockets': a direction that is stalled is not read, so the sender's own window fills, as with a cable
 * that was pulled out. An end that closes while its direction is stalled is not told to the other one.
 */
export async function createProxy(first: Address): Promise<NetworkProxy> {
  let target = first
  let stalled: ReadonlySet<Direction> = new Set()
  let isRefusing = false
  const pairs = new Set<Pair>()

  const apply = ({ client, server }: Pair) => {
    if (stalled.has('up')) client.pause()
    else client.resume()
    if (stalled.has('down')) server.pause()
    else server.resume()
  }
  const drop = (pair: Pair) => {
    pairs.delete(pair)
    pair.client.resetAndDestroy()
    pair.server.resetAndDestroy()
  }
  const dropAll = () => [...pairs].forEach(drop)

  const proxied = createServer({ noDelay: true, allowHalfOpen: true }, client => {
    client.on('error', () => undefined)
    if (isRefusing) return client.resetAndDestroy()
    const server = connect({ ...target, noDelay: true, allowHalfOpen: true })
    const pair = { client, server }
    pairs.add(pair)
    const end = () => {
      if (client.destroyed && server.destroyed) pairs.delete(pair)
    }
    forward({ from: client, to: server, isStalled: () => stalled.has('up'), drop: () => drop(pair), end })
    forward({ from: server, to: client, isStalled: () => stalled.has('down'), drop: () => drop(pair), end })
    apply(pair)
    return undefined
  })
  const port = await listen(proxied, 0, '127.0.0.1')
  return {
    port,
    stall: (...directions) => {
      stalled = new Set(directions)
      pairs.forEach(apply)
    },
    refuse: () => {
      isRefusing = true
      dropAll()
    },
    reset: dropAll,
    heal: () => {
      isRefusing = false
      stalled = new Set()
      // what went away meanwhile is told now
      for (const pair of pairs) if (pair.client.destroyed || pair.server.destroyed) drop(pair)
      pairs.forEach(apply)
    },
    moveTo: next => {
      target = next
      dropAll()
    },
    stop: () => {
      dropAll()
      return new Promise(resolve => proxied.close(() => resolve()))
    },
  }
}

interface Way {
  readonly from: Socket
  readonly to: Socket
  readonly isStalled: () => boolean
  readonly drop: () => void
  readonly end: () => void
}

/** One direction of a connection. */
function forward({ from, to, isStalled, drop, end }: Way): void {
  from.on('data', chunk => {
    if (to.write(chunk)) return
    from.pause()
    to.once('drain', () => {
      if (!isStalled()) from.resume()
    })
  })
  from.on('end', () => to.end())
  // whoever is behind a stalled way learns nothing of the end of the other
  from.on('error', () => {
    if (!isStalled()) drop()
  })
  from.on('close', () => {
    if (!isStalled()) to.end()
    end()
  })
}
