import { createLifecycle, createLogger, logCrashes, toError } from '@cordon/runtime'
import { readIngestConfig } from './config.ts'
import { startLine } from './start-line.ts'

/** From the environment to a running ingest. What starts is stopped in the reverse order by a signal, or when a part fails. */
async function main(): Promise<void> {
  const config = readIngestConfig(process.env)
  const logger = createLogger({ name: config.instance, level: config.logLevel })
  logCrashes(logger)
  const lifecycle = createLifecycle(logger)
  try {
    const isUp = await startLine({ config, lifecycle, logger })
    if (isUp) logger.info({ instance: config.instance }, 'ingest is up')
  } catch (error) {
    await lifecycle.giveUp(error)
  }
}

try {
  await main()
} catch (error) {
  createLogger({ name: 'ingest', level: 'fatal' }).fatal({ err: toError(error) }, 'ingest did not start')
  process.exitCode = 1
}
