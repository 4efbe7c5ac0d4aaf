import type { Logger } from '../log/create-logger.ts'
import { noTracer, type Tracer } from './tracer.ts'

export interface TracesOptions {
  /** Of an OTLP/HTTP receiver, as `http://collector:4318/v1/traces`. Undefined: no traces. */
  readonly url: string | undefined
  /** Which process speaks. */
  readonly service: string
  /** Of a hundred batches or requests, how many are traced. */
  readonly percent: number
  readonly logger: Logger
}

export interface RunningTraces {
  readonly tracer: Tracer
  /** Sends what is left, for as long as the receiver takes, 2 s at most. */
  stop(): Promise<void>
}

/** The OpenTelemetry libraries are loaded here, and only when there is somewhere to send to: without it they cost nothing. */
export async function startTraces({ url, service, percent, logger }: TracesOptions): Promise<RunningTraces> {
  if (url === undefined) return { tracer: noTracer, stop: () => Promise.resolve() }
  const { openTelemetry } = await import('./open-telemetry.ts')
  logger.info({ percent }, 'traces are sent')
  return openTelemetry({ url, service, percent, logger })
}
