import { resolve } from 'node:path'
import { type CordonError, createError, type Logger, sleep } from '@cordon/runtime'
import { type DataDirLock, lockDataDir } from '../data-dir.ts'
import { freePort } from '../free-port.ts'
import { chooseUser } from './choose-user.ts'
import { findBinaries } from './find-binaries.ts'
import { type Cluster, DATABASE_NAME, DATABASE_USER, initialise } from './initialise.ts'
import { clearLeftover } from './leftover.ts'
import { type ServerProcess, spawnServer } from './server-process.ts'
import { type PostgresSettings, settingArguments } from './settings.ts'

export interface EmbeddedPostgresOptions {
  /** Made when absent; everything is kept in it. One process at a time. */
  readonly dataDir: string
  /** A free one when not given or 0. */
  readonly port?: number
  readonly logger: Logger
  /** More `postgres` settings, e.g. `{ fsync: 'off' }` for tests. */
  readonly settings?: PostgresSettings
}

export interface EmbeddedPostgres {
  /** postgres://cordon:…@127.0.0.1:port/cordon, a superuser of this server. */
  readonly url: string
  readonly port: number
  /** Fulfilled when the server has ended: with nothing after `stop()`, with `database-stopped` when it ended by itself. */
  readonly exited: Promise<CordonError | undefined>
  stop(): Promise<void>
}

const HOST = '127.0.0.1'

/**
 * Starts the PostgreSQL that comes with the checkout, on loopback only. Throws `data-dir-unusable`, `data-dir-in-use`,
 * `port-in-use`, `database-user-refused`, `database-binaries-missing` or `database-start-failed`, each with what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { logger } = options
  const dataDir = resolve(options.dataDir)
  const lock = lockDataDir(dataDir)
  try {
    const wanted = await freePort(HOST, options.port ?? 0)
    const binaries = findBinaries()
    const user = await chooseUser(binaries, dataDir)
    const cluster = await initialise(dataDir, binaries, user)
    await clearLeftover(cluster.dir, logger)
    const launch = (port: number): ServerProcess => {
      const settings = settingArguments({ ...options.settings, port })
      return spawnServer([...user.prefix, binaries.postgres, '-D', cluster.dir, ...settings], logger)
    }
    const { server, port } = await launchUntilReady(launch, wanted, (options.port ?? 0) !== 0)
    logger.info({ port, dataDir, as: user.prefix[0] ?? 'this user' }, 'embedded PostgreSQL is ready')
    return embed(server, { port, cluster, lock })
  } catch (error) {
    lock.release()
    throw error
  }
}

const ATTEMPTS_WITHIN_MS = 15_000
/** A server that died a moment ago: its children notice within a second and free the memory that they share. */
const PASSING = /pre-existing shared memory block|lock file "postmaster\.pid" already exists/
const TAKEN = /could not bind|could not create any TCP\/IP sockets/

async function launchUntilReady(
  launch: (port: number) => ServerProcess,
  wanted: number,
  fixed: boolean,
): Promise<{ server: ServerProcess; port: number }> {
  const deadline = performance.now() + ATTEMPTS_WITHIN_MS
  for (let port = wanted; ; ) {
    const server = launch(port)
    if (await server.ready) return { server, port }
    const printed = server.lastLines()
    if (TAKEN.test(printed) && fixed) throw createError('port-in-use', `port ${port} on ${HOST} is in use`)
    if (TAKEN.test(printed)) port = await freePort(HOST)
    else if (!PASSING.test(printed)) throw startFailed(await server.ended, printed)
    if (performance.now() > deadline) throw startFailed(await server.ended, printed)
    await sleep(250)
  }
}

function startFailed(how: string, printed: string): CordonError {
  return createError('database-start-failed', `PostgreSQL ended at its start (${how}): ${printed}`)
}

interface Running {
  readonly port: number
  readonly cluster: Cluster
  readonly lock: DataDirLock
}

function embed(server: ServerProcess, { port, cluster, lock }: Running): EmbeddedPostgres {
  let asked = false
  const exited = server.ended.then(how => {
    lock.release()
    if (asked) return undefined
    return createError('database-stopped', `the embedded PostgreSQL ended (${how}): ${server.lastLines()}`)
  })
  return {
    url: `postgres://${DATABASE_USER}:${cluster.password}@${HOST}:${port}/${DATABASE_NAME}`,
    port,
    exited,
    async stop() {
      asked = true
      await stopServer(server)
      await exited
    },
  }
}

const FAST_STOP_MS = 10_000
const IMMEDIATE_STOP_MS = 3_000

/** SIGINT ends sessions and writes a checkpoint; SIGQUIT leaves the rest to recovery at the next start; then force. */
async function stopServer(server: ServerProcess): Promise<void> {
  const patience = new AbortController()
  const ended = server.ended.then(() => patience.abort())
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', IMMEDIATE_STOP_MS],
    ['SIGKILL', IMMEDIATE_STOP_MS],
  ]
  for (const [name, ms] of steps) {
    if (patience.signal.aborted) break
    server.signal(name)
    await sleep(ms, patience.signal).catch(() => undefined)
  }
  await ended
}
