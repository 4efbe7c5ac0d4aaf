import type { Logger } from './create-logger.ts'

/**
 * Whatever nobody caught ends the process, as it would without this; but Node prints such an error with all its fields, and a
 * database's holds a row. Here it goes through the log, which withholds that. Unhandled rejections come the same way.
 */
export function logCrashes(logger: Logger): void {
  process.on('uncaughtException', error => {
    logger.fatal({ err: error }, 'nobody caught this: the process ends')
    process.exit(1)
  })
}
