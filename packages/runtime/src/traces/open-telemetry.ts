import { AsyncLocalStorage } from 'node:async_hooks'
import { type Span as OtelSpan, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-node'
import type { Logger } from '../log/create-logger.ts'
import { withTimeout } from '../timing/with-timeout.ts'
import { type RunningTraces, runInSpan, type Span, type Tracer, type TracesOptions } from './tracer.ts'

/** Spans that wait to be sent. When full, new ones are dropped: a trace is for looking into, nothing depends on it. */
const MAX_WAITING = 8_192
const SEND_EVERY_MS = 1_000
const SEND_MS = 5_000
const LAST_SEND_MS = 2_000

/** A tracer that sends to an OTLP/HTTP receiver. Registers nothing globally: whoever traces was given it. */
export function openTelemetry({
  url,
  service,
  percent,
  logger,
}: TracesOptions & { readonly url: string }): RunningTraces {
  const exporter = tellFailures(new OTLPTraceExporter({ url, timeoutMillis: SEND_MS }), logger)
  const processor = new BatchSpanProcessor(exporter, {
    maxQueueSize: MAX_WAITING,
    scheduledDelayMillis: SEND_EVERY_MS,
    exportTimeoutMillis: SEND_MS,
  })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `cordon-${service}` }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(percent / 100) }),
    spanProcessors: [processor],
  })
  const stop = async () => {
    await withTimeout('sending the last spans', LAST_SEND_MS, () => provider.shutdown()).catch((error: unknown) =>
      logger.debug({ err: error }, 'the last spans were not sent'),
    )
  }
  return { tracer: createTracer(provider), stop }
}

/** A receiver that is away is told once, and once when it is back; its spans are gone. */
function tellFailures(exporter: SpanExporter, logger: Logger): SpanExporter {
  let isFailing = false
  const tell = (error: Error | undefined) => {
    if (error !== undefined && !isFailing) logger.warn({ err: error }, 'traces are not taken by their receiver')
    if (error === undefined && isFailing) logger.info('traces are taken again')
    isFailing = error !== undefined
  }
  return {
    export: (spans, done) =>
      exporter.export(spans, result => {
        tell(result.code === 0 ? undefined : (result.error ?? new Error('the receiver refused them')))
        done(result)
      }),
    shutdown: () => exporter.shutdown(),
  }
}

function createTracer(provider: NodeTracerProvider): Tracer {
  const tracer = provider.getTracer('cordon')
  const current = new AsyncLocalStorage<OtelSpan>()
  const start: Tracer['start'] = (name, attributes = {}) => {
    const parent = current.getStore()
    const context = parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent)
    return wrap(tracer.startSpan(name, { attributes }, context), current)
  }
  return { isOn: true, start, span: (name, work, attributes) => runInSpan(start(name, attributes), work) }
}

function wrap(span: OtelSpan, current: AsyncLocalStorage<OtelSpan>): Span {
  return {
    note: attributes => void span.setAttributes({ ...attributes }),
    within: work => current.run(span, work),
    end: error => {
      if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: codeOf(error) })
      span.end()
    },
  }
}

/** An error's stable code: Cordon's, PostgreSQL's SQLSTATE or the system's. Its text stays here. */
function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[\w-]{1,40}$/.test(code) ? code : 'unknown'
}
