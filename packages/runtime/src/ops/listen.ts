import { once } from 'node:events'
import type { Server } from 'node:net'
import { createError, toError } from '../errors/cordon-error.ts'

/** Listens and gives back the port, which the system chose when 0 was asked for. Rejects with a readable `port-in-use`. */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (cause) {
    throw isInUse(cause) ? createError('port-in-use', `port ${port} on ${host} is in use`, { cause }) : toError(cause)
  }
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

function isInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}
