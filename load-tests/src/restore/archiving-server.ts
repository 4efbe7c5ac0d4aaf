import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Store } from '@cordon/store'
import { freePort } from '../stack/free-port.ts'

const SCRIPTS = fileURLToPath(new URL('../../../packages/testkit/timescale/', import.meta.url))
const run = promisify(execFile)
const script = async (name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  (await run(join(SCRIPTS, name), [...args], { env: { ...process.env, ...env } })).stdout.trim()

/** A server of the real TimescaleDB below one folder, and what can be done with it from outside. */
export interface DatabaseServer {
  readonly dir: string
  readonly url: string
  /** A program of the server's own version, such as pg_dump. */
  command(name: string, args: readonly string[]): Promise<string>
  stop(mode: 'fast' | 'immediate'): Promise<void>
}

/** Commit times: so that what was committed by an instant can be told from what came after. */
const SETTINGS = 'track_commit_timestamp = on'

function serverAt(dir: string, url: string): DatabaseServer {
  return {
    dir,
    url,
    command: (name, args) => script('timescale-psql.sh', [dir, ...args], { CORDON_TIMESCALE_COMMAND: name }),
    stop: async mode => void (await script('timescale-down.sh', [dir, mode])),
  }
}

/** A server that hands every finished piece of its write-ahead log to the folder `archive`, as one in service does. */
export async function startArchivingServer(dir: string, archive: string): Promise<DatabaseServer> {
  mkdirSync(archive, { recursive: true })
  chmodSync(archive, 0o777) // the server may run as another user
  const settings = [SETTINGS, 'archive_mode = on', `archive_command = 'test ! -f ${archive}/%f && cp %p ${archive}/%f'`]
  const url = await script('timescale-up.sh', [dir, String(await freePort())], {
    CORDON_TIMESCALE_SETTINGS: settings.join('\n'),
  })
  return serverAt(dir, url)
}

/** While the server works. */
export async function takeBaseBackup({ dir }: DatabaseServer, target: string): Promise<void> {
  rmSync(target, { recursive: true, force: true })
  await script('timescale-backup.sh', [dir, target])
}

const ARCHIVED_MS = 60_000

/** Closes the present piece of the log and waits until it is in the archive. */
export async function archiveAll(store: Store, archive: string): Promise<void> {
  const [row] = await store.query<{ readonly file: string }>('select pg_walfile_name(pg_switch_wal()) as file')
  const file = join(archive, row?.file ?? '')
  for (const end = Date.now() + ARCHIVED_MS; Date.now() < end; await wait(100)) if (existsSync(file)) return
  throw new Error(`the log was not archived within ${ARCHIVED_MS / 1_000} s: ${file}`)
}

export interface RestoreFrom {
  /** Whose programs are used. */
  readonly from: DatabaseServer
  readonly backup: string
  readonly archive: string
  /** As the database writes it. */
  readonly instant: string
}

/** A second server, as the first one was at that instant. */
export async function restoreServer(
  dir: string,
  { from, backup, archive, instant }: RestoreFrom,
): Promise<DatabaseServer> {
  const url = await script(
    'timescale-restore.sh',
    [dir, String(await freePort()), from.dir, backup, archive, instant],
    { CORDON_TIMESCALE_SETTINGS: SETTINGS },
  )
  return serverAt(dir, url)
}
