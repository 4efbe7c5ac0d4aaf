import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createError } from '../errors/cordon-error.ts'
import { createLogger } from '../log/create-logger.ts'
import { listen } from '../ops/listen.ts'
import { startTraces } from './start-traces.ts'

const logger = createLogger({ name: 'test', level: 'silent' })

interface SentSpan {
  readonly name: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly status?: { readonly code?: number; readonly message?: string }
}

/** What an OTLP/HTTP collector does, as far as a sender can tell. */
async function aCollector() {
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
    bodies,
    spans: (): SentSpan[] =>
      bodies.flatMap(body =>
        JSON.parse(body).resourceSpans.flatMap((resource: { scopeSpans: { spans: SentSpan[] }[] }) =>
          resource.scopeSpans.flatMap(({ spans }) => spans),
        ),
      ),
    stop: () => new Promise(resolve => server.close(resolve)),
  }
}

/** How many modules of the OpenTelemetry libraries a process has loaded that starts its traces with this address. */
async function countLoaded(url: string): Promise<number> {
  const code = `
    import { createRequire } from 'node:module'
    const { createLogger, startTraces } = await import(process.argv[1])
    const logger = createLogger({ name: 'x', level: 'silent' })
    const { tracer } = await startTraces({ url: process.argv[2] || undefined, service: 'x', percent: 100, logger })
    tracer.span('batch', () => tracer.span('decode', () => 1))
    const loaded = Object.keys(createRequire(process.argv[1]).cache)
    console.log(loaded.filter(path => /@opentelemetry.(sdk|exporter|otlp|core|resources)/.test(path)).length)
    process.exit()`
  const source = fileURLToPath(new URL('../index.ts', import.meta.url))
  const args = ['--import', 'tsx', '--input-type=module', '--eval', code, source, url]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return Number(stdout)
}

describe('traces', () => {
  it('load no library while they are off', async () => {
    const [off, on] = await Promise.all([countLoaded(''), countLoaded('http://127.0.0.1:9/v1/traces')])
    expect(off).toBe(0)
    expect(on).toBeGreaterThan(20)
  })

  it('reach an OTLP receiver with their parents, across waits, and with the code of an error but not its text', async () => {
    const collector = await aCollector()
    const { tracer, stop } = await startTraces({ url: collector.url, service: 'ingest', percent: 100, logger })
    const failing = tracer.span('batch', async span => {
      span.note({ messages: 3 })
      await tracer.span('decode', () => new Promise(resolve => setImmediate(resolve)))
      return tracer.span('persist', () => Promise.reject(createError('database-unavailable', 'SENSITIVE')))
    })
    await expect(failing).rejects.toThrow('SENSITIVE')
    await stop()
    await collector.stop()
    const byName = new Map(collector.spans().map(span => [span.name, span]))
    const batch = byName.get('batch')?.spanId
    expect(batch).toBeDefined()
    expect([byName.get('decode')?.parentSpanId, byName.get('persist')?.parentSpanId]).toEqual([batch, batch])
    expect(byName.get('persist')?.status).toEqual({ code: 2, message: 'database-unavailable' })
    expect(collector.bodies.join()).not.toContain('SENSITIVE')
    expect(collector.bodies.join()).toContain('cordon-ingest')
  })

  it('hold nobody up when the receiver is away, and are told of once', async () => {
    const written: string[] = []
    const log = createLogger({ name: 'test', level: 'info', destination: { write: line => void written.push(line) } })
    const { tracer, stop } = await startTraces({
      url: 'http://127.0.0.1:9/v1/traces',
      service: 'x',
      percent: 100,
      logger: log,
    })
    expect(tracer.span('batch', () => 7)).toBe(7)
    await stop()
    expect(written.filter(line => line.includes('not taken')).length).toBeLessThanOrEqual(1)
  })

  it('of which a share is wanted leave out the others whole, with their children', async () => {
    const collector = await aCollector()
    const { tracer, stop } = await startTraces({ url: collector.url, service: 'x', percent: 50, logger })
    for (let n = 0; n < 200; n++) tracer.span('batch', () => tracer.span('decode', () => n))
    await stop()
    await collector.stop()
    const names = collector.spans().map(({ name }) => name)
    const batches = names.filter(name => name === 'batch').length
    // 200 of which each is sent or not by a fair coin: outside of this once in a thousand million runs
    expect(batches).toBeGreaterThan(55)
    expect(batches).toBeLessThan(145)
    expect(names.filter(name => name === 'decode')).toHaveLength(batches)
  })
})
