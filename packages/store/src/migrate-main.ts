import { createLogger, logLevels, oneOf, readConfig, toError, url } from '@cordon/runtime'
import { migrate } from './migrate/migrate.ts'

/** `node packages/store/dist/migrate-main.js`: brings the database of CORDON_DATABASE_URL to the newest schema, then ends. */
async function main(): Promise<void> {
  const config = readConfig(
    {
      databaseUrl: url('CORDON_DATABASE_URL', { protocols: ['postgres', 'postgresql'] }),
      logLevel: oneOf('CORDON_LOG_LEVEL', logLevels, 'info'),
    },
    process.env,
  )
  const logger = createLogger({ name: 'migrate', level: config.logLevel })
  try {
    const applied = await migrate({ url: config.databaseUrl, logger })
    logger.info({ applied }, 'schema is current')
  } catch (error) {
    logger.fatal({ err: toError(error) }, 'the schema was not brought up to date')
    process.exitCode = 1
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${toError(error).message}\n`)
  process.exitCode = 1
})
