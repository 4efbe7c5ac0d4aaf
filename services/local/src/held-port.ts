import { createServer, type Server } from 'node:net'

/** A port that is kept from everybody else until it is used, and again before each further attempt to use it. */
export interface HeldPort {
  /** The one that is or was held last. */
  number(): number
  /** Takes it; rejects when it cannot be had. While it is held, nothing happens. */
  hold(): Promise<void>
  /** Lets go of it, for whoever listens on it next. While it is not held, nothing happens. */
  release(): Promise<void>
}

/** Listens with this server, and says on which port; `last` is the one that was held before. */
export type TakePort = (server: Server, last: number | undefined) => Promise<number>

/**
 * A port that was found free, and only that, can be a connection's own a moment later: the system gives such ports to whoever
 * connects to anywhere. A held one is listened on, and who connects to it is cut off at once.
 */
export function createHeldPort(take: TakePort): HeldPort {
  let server: Server | undefined
  let last: number | undefined
  return {
    number: () => {
      if (last === undefined) throw new Error('the port has never been held')
      return last
    },
    hold: async () => {
      if (server !== undefined) return
      const mine = createServer(socket => socket.destroy())
      last = await take(mine, last)
      // Should it ever be forgotten, it keeps no process alive.
      server = mine.unref()
    },
    release: async () => {
      const held = server
      server = undefined
      if (held !== undefined) await new Promise<void>(resolve => held.close(() => resolve()))
    },
  }
}
