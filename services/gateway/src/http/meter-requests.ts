import { Counter, Histogram, OTHER, type Registry, type Span, type Tracer } from '@cordon/runtime'
import type { FastifyInstance, FastifyRequest } from 'fastify'

export interface RequestMeterParts {
  readonly registry: Registry
  readonly tracer: Tracer
}

/** Seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
/** An address that is none of ours. */
const NO_ROUTE = 'none'

/**
 * Counts and times every request by the pattern of its route, never by its address: an address can hold a name that was searched
 * for, and there is no end of them. To be called before there are routes, so that a span holds all that a request does.
 */
export function meterRequests(app: FastifyInstance, { registry, tracer }: RequestMeterParts): void {
  const requests = new Counter({
    name: 'cordon_http_requests_total',
    help: 'Requests answered, by the pattern of their route',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  })
  const durations = new Histogram({
    name: 'cordon_http_request_seconds',
    help: 'From a request’s headers to the end of its answer',
    labelNames: ['route'],
    buckets: BUCKETS,
    registers: [registry],
  })
  const spans = new WeakMap<FastifyRequest, Span>()
  if (tracer.isOn) {
    app.addHook('onRequest', (request, _reply, done) => {
      const span = tracer.start('request', { method: methodOf(request), route: routeOf(request) })
      spans.set(request, span)
      span.within(done)
    })
  }
  app.addHook('onResponse', async (request, reply) => {
    const [method, route, status] = [methodOf(request), routeOf(request), reply.statusCode]
    requests.inc({ method, route, status })
    durations.observe({ route }, reply.elapsedTime / 1_000)
    const span = spans.get(request)
    span?.note({ status })
    span?.end()
  })
}

const routeOf = ({ routeOptions }: FastifyRequest): string => routeOptions.url ?? NO_ROUTE
const methodOf = ({ method }: FastifyRequest): string => (METHODS.has(method) ? method : OTHER)
