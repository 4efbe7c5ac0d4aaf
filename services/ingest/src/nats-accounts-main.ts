import { hashNatsPassword } from '@cordon/jetstream'
import { createLifecycle, createLogger, toError } from '@cordon/runtime'
import { openStore } from '@cordon/store'
import { readNatsAccountsConfig } from './config.ts'
import { keepAccounts, reloadByPidFile } from './nats-accounts/keep-accounts.ts'

/** Runs beside each NATS server: the tags' accounts of the database become those of the server, in force within a second. */
async function main(): Promise<void> {
  const config = readNatsAccountsConfig(process.env)
  const logger = createLogger({ name: 'nats-accounts', level: config.logLevel })
  const lifecycle = createLifecycle(logger)
  try {
    const { databaseUrl, natsPartitions: partitions, accountsFile: file, pidFile } = config
    const store = await lifecycle.start('database', () =>
      openStore({ url: databaseUrl, applicationName: 'nats-accounts', poolSize: 1, logger }),
    )
    const services = {
      ingest: await hashNatsPassword(config.natsPassword),
      live: await hashNatsPassword(config.livePassword),
      system: await hashNatsPassword(config.systemPassword),
    }
    const reload = pidFile === 'none' ? () => undefined : reloadByPidFile(pidFile, logger)
    await lifecycle.start('accounts', () => keepAccounts({ store, file, partitions, services, reload, logger }))
  } catch (error) {
    await lifecycle.giveUp(error)
  }
}

try {
  await main()
} catch (error) {
  createLogger({ name: 'nats-accounts', level: 'fatal' }).fatal({ err: toError(error) }, 'it did not start')
  process.exitCode = 1
}
