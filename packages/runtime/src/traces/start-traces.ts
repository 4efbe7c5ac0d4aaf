import { noTracer, type RunningTraces, type TracesOptions } from './tracer.ts'

/** The OpenTelemetry libraries are loaded here, and only when there is somewhere to send to: without it they cost nothing. */
export async function startTraces({ url, service, percent, logger }: TracesOptions): Promise<RunningTraces> {
  if (url === undefined) return { tracer: noTracer, stop: () => Promise.resolve() }
  const { openTelemetry } = await import('./open-telemetry.ts')
  logger.info({ percent }, 'traces are sent')
  return openTelemetry({ url, service, percent, logger })
}
