import type { Logger } from '../log/create-logger.ts'

/**
 * What may stand on a span: counts, and words that the program itself chose (a stage, a route's pattern, the name of a statement, a
 * code). Never what came in from outside: no name, reference, coordinate or tag id (decision 13; a test holds it).
 */
export type Attributes = Readonly<Record<string, number | string | boolean>>

export interface Span {
  /** Adds what is known only later. */
  readonly note: (attributes: Attributes) => void
  /** Runs work whose own spans are children of this one. */
  readonly within: <T>(work: () => T) => T
  /** Once. With an error: its code only, because its text can quote a row. */
  readonly end: (error?: unknown) => void
}

export interface Tracer {
  /** False: everything here does nothing, and what only serves an attribute need not be worked out. */
  readonly isOn: boolean
  /** A child of the span that this runs within, if there is one. It lasts until it is ended. */
  readonly start: (name: string, attributes?: Attributes) => Span
  /** Runs work within a span that ends when the work does, promise or not. */
  readonly span: <T>(name: string, work: (span: Span) => T, attributes?: Attributes) => T
}

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
  readonly stop: () => Promise<void>
}

const nothing: Span = { note: () => undefined, within: work => work(), end: () => undefined }

/** Tracing that is off: one call more for each stage of a batch, and no library behind it. */
export const noTracer: Tracer = { isOn: false, start: () => nothing, span: (_name, work) => work(nothing) }

/** Ends a span with what became of the work. */
export function runInSpan<T>(span: Span, work: (span: Span) => T): T {
  try {
    const result = span.within(() => work(span))
    if (!(result instanceof Promise)) {
      span.end()
      return result
    }
    result.then(
      () => span.end(),
      (error: unknown) => span.end(error),
    )
    return result
  } catch (error) {
    span.end(error)
    throw error
  }
}
