import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino'
import { CENSORED, redactRecord, withheldPaths } from './redact.ts'

export type Logger = PinoLogger

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export interface LoggerOptions {
  /** Which process writes; stands in every line as `service`. */
  readonly name: string
  readonly level: LogLevel
  /** Standard output, written synchronously, when not given. */
  readonly destination?: DestinationStream
}

/**
 * One JSON object per line, ISO 8601 time in UTC, errors with their causes under `err`. Personal data and secrets are
 * withheld by key at any depth; text put into `msg` or into an error's message is not looked into, so keep them out of it.
 */
export function createLogger({ name, level, destination }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { service: name, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: withheldPaths, censor: CENSORED },
      // Runs before pino's serialisers: errors have become plain objects when those would look at them.
      serializers: { err: (value: unknown) => value },
      formatters: { level: label => ({ level: label }), log: redactRecord },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  )
}
