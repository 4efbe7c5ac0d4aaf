import { createServer } from 'node:net'
import { listen } from '@cordon/runtime'

/**
 * A TCP port on `host` that nobody listens on: the wanted one, or with 0 one that the system chooses. Rejects with
 * `port-in-use`. Somebody else can still take it before it is used; whoever uses it reports that in turn.
 */
export async function freePort(host: string, wanted = 0): Promise<number> {
  const server = createServer()
  const port = await listen(server, wanted, host)
  await new Promise<void>(resolve => server.close(() => resolve()))
  return port
}
