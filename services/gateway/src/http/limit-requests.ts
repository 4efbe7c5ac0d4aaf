import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from './refuse.ts'

/**
 * Two bounds, each so many requests a minute: of one client address (an IPv6 one by its /64), before anything else is done for a
 * request, and of one session or token. Counted in this process, for the 5,000 addresses and credentials that asked last.
 */
const WINDOW_MS = 60_000

type Bound = (request: FastifyRequest) => Promise<void>

export function limitByAddress(app: FastifyInstance, perMinute: number): void {
  const bound = createBound(app, perMinute, undefined)
  app.addHook('onRequest', request => bound(request))
}

/** For requests of which it is known who makes them. */
export const limitByCredential = (app: FastifyInstance, perMinute: number): Bound =>
  createBound(app, perMinute, ({ viewer }) => viewer.credential.hash.toString('base64'))

function createBound(app: FastifyInstance, max: number, keyOf?: (request: FastifyRequest) => string): Bound {
  const count = app.createRateLimit({
    max,
    timeWindow: WINDOW_MS,
    ipv6Subnet: 64,
    ...(keyOf !== undefined && { keyGenerator: keyOf }),
  })
  return async request => {
    const counted = await count(request)
    if (counted.isAllowed || !counted.isExceeded) return
    throw new Refusal('too-many-requests', `at most ${max} requests a minute`, { retryAfterS: counted.ttlInSeconds })
  }
}
