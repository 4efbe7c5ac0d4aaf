import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { type AccountsOptions, renderAccounts, toBrokerUser } from '@cordon/jetstream'
import { type Logger, type Stop, toError } from '@cordon/runtime'
import { readBrokerUsers, readBrokerUsersStamp, type Store } from '@cordon/store'

export interface AccountsParts extends Omit<AccountsOptions, 'users'> {
  readonly store: Store
  /** accounts.conf of the server. */
  readonly file: string
  /** Asks the server to read it again. */
  readonly reload: () => void
  readonly logger: Logger
}

const EVERY_MS = 500

/** Writes the server's accounts whenever one has changed in the database, and has the server read them. The first time it waits for. */
export async function keepAccounts(parts: AccountsParts): Promise<Stop> {
  const { store, logger } = parts
  let written = ''
  let isFailing = false
  const look = async () => {
    // The stamp first: what changes while the accounts are read is written twice, never not at all.
    const stamp = await readBrokerUsersStamp(store)
    if (stamp === written) return
    await writeAccounts(parts)
    parts.reload()
    written = stamp
  }
  await look()
  let looking: Promise<void> | undefined
  const timer = setInterval(() => {
    looking ??= look()
      .then(
        () => {
          isFailing = false
        },
        (error: unknown) => {
          if (!isFailing) logger.error({ err: toError(error) }, 'the accounts could not be written: trying again')
          isFailing = true
        },
      )
      .finally(() => {
        looking = undefined
      })
  }, EVERY_MS)
  return async () => {
    clearInterval(timer)
    await looking
  }
}

/** In one step: a server that starts in the middle of it reads the old file or the new one. */
async function writeAccounts({ store, file, partitions, services, logger }: AccountsParts): Promise<void> {
  const rows = await readBrokerUsers(store)
  const users = rows.map(row => toBrokerUser(row, partitions))
  writeFileSync(`${file}.new`, renderAccounts({ partitions, services, users }), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  logger.info({ accounts: users.length }, 'accounts written')
}

/** By the signal for it (nats-server, SIGHUP). A server that does not run yet reads the file when it starts. */
export function reloadByPidFile(pidFile: string, logger: Logger): () => void {
  return () => {
    try {
      process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGHUP')
    } catch (error) {
      logger.warn({ err: toError(error) }, 'the NATS server was not told: it does not run, or it is not ours to signal')
    }
  }
}
