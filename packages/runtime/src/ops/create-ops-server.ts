import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Registry } from 'prom-client'
import { listen } from './listen.ts'
import { type ReadyCheck, type ReadyReport, runChecks } from './run-checks.ts'

export interface OpsServerOptions {
  /** 0: a free one. */
  readonly port: number
  readonly host: string
  /** False: the process can no longer do its work and should be started again. */
  readonly live: () => boolean
  /** What the process depends on, by name. */
  readonly ready: Readonly<Record<string, ReadyCheck>>
  readonly registry: Registry
  /** For each check, 2,000 ms when not given. */
  readonly checkTimeoutMs?: number
}

export interface OpsServer {
  /** Listens. Rejects with `port-in-use` when somebody else does. */
  start(): Promise<{ readonly url: string; readonly port: number; readonly stop: () => Promise<void> }>
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

type Route = () => Promise<Answer> | Answer

/** The operations port: GET /health, /ready and /metrics, without sign-in, for the machine's own network only. */
export function createOpsServer(options: OpsServerOptions): OpsServer {
  const routes = createRoutes(options)
  // An unanswered scrape must not pile up: 30 s for a whole request, 64 connections.
  const server = createServer({ requestTimeout: 30_000 }, (request, response) => void answer(routes, request, response))
  server.maxConnections = 64
  return {
    async start() {
      const port = await listen(server, options.port, options.host)
      const host = options.host.includes(':') ? `[${options.host}]` : options.host
      return { url: `http://${host}:${port}`, port, stop: () => close(server) }
    },
  }
}

function createRoutes(options: OpsServerOptions): ReadonlyMap<string, Route> {
  const { live, ready, registry, checkTimeoutMs = 2_000 } = options
  let running: Promise<ReadyReport> | undefined
  // Probes that arrive together share one run, so that they cannot multiply the load on a database that is in trouble.
  const check = () => {
    running ??= runChecks(ready, checkTimeoutMs).finally(() => {
      running = undefined
    })
    return running
  }
  return new Map<string, Route>([
    ['/health', () => (live() ? json(200, { ok: true }) : json(503, { ok: false }))],
    ['/ready', async () => check().then(report => json(report.ok ? 200 : 503, report))],
    ['/metrics', async () => ({ status: 200, type: registry.contentType, body: await registry.metrics() })],
  ])
}

function json(status: number, body: unknown): Answer {
  return { status, type: 'application/json', body: JSON.stringify(body) }
}

async function answer(
  routes: ReadonlyMap<string, Route>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, type, body } = await choose(routes, request).catch(() => json(500, { code: 'internal' }))
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    ...(status === 405 && { allow: 'GET, HEAD' }),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

async function choose(routes: ReadonlyMap<string, Route>, { method, url = '/' }: IncomingMessage): Promise<Answer> {
  const route = routes.get(url.split('?', 1)[0] ?? '/')
  if (route === undefined) return json(404, { code: 'not-found' })
  if (method !== 'GET' && method !== 'HEAD') return json(405, { code: 'method-not-allowed' })
  return route()
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}
