import { createServer } from 'node:http'
import { listen } from '@cordon/runtime'

interface SentSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]
}

export interface Collector {
  /** For CORDON_TRACES_URL. */
  readonly url: string
  /** Every span that has come. */
  spans(): readonly SentSpan[]
  /** Every request's body as it came. */
  text(): string
  stop(): Promise<void>
}

/** A receiver of traces over OTLP/HTTP, in JSON, that keeps them. */
export async function startCollector(): Promise<Collector> {
  const bodies: string[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      bodies.push(Buffer.concat(parts).toString())
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  const port = await listen(server, 0, '127.0.0.1')
  return {
    url: `http://127.0.0.1:${port}/v1/traces`,
    spans: () => bodies.flatMap(spansOf),
    text: () => bodies.join('\n'),
    stop: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

interface Sent {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[] }[]
}

const spansOf = (body: string): readonly SentSpan[] =>
  (JSON.parse(body) as Sent).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
