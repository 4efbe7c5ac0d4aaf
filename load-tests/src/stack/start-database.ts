import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startEmbeddedPostgres } from '@cordon/embedded'
import type { Logger } from '@cordon/runtime'
import { migrate, openStore, type Store } from '@cordon/store'
import { readStat } from '../report/usage.ts'
import { freePort } from './free-port.ts'

export interface RunningDatabase {
  /** Of a database of this run's own, migrated. */
  readonly url: string
  readonly store: Store
  /** Another one after each restart. */
  readonly postmasterPid: number
  readonly description: string
  /** SIGQUIT to the postmaster, which is pg_ctl's immediate stop: every connection is cut, recovery follows at the start. */
  crash(): Promise<void>
  /** On the same port, with the same data. */
  restart(): Promise<void>
  /** A synchronous standby on a port of its own. */
  startStandby(): Promise<Standby>
  stop(): Promise<void>
}

export interface Standby {
  readonly port: number
  /** From now on it is the primary. */
  promote(): Promise<void>
}

export interface DatabaseOptions {
  /** What is downloaded and kept between runs. */
  readonly dir: string
  readonly embedded: boolean
  readonly logger: Logger
}

/** Each transaction's moment of commit is kept by the server: the measurement needs no part of the service for it. */
const SETTINGS = { track_commit_timestamp: 'on' }
const SCRIPTS = fileURLToPath(new URL('../../../packages/testkit/timescale/', import.meta.url))
const run = promisify(execFile)

interface Server {
  readonly url: string
  crash(): Promise<void>
  restart(): Promise<void>
  startStandby(): Promise<Standby>
  stop(): Promise<void>
}

/** The real TimescaleDB, or the embedded PostgreSQL, with a new database in it that goes with the run. */
export async function startDatabase({ dir, embedded, logger }: DatabaseOptions): Promise<RunningDatabase> {
  const server = embedded ? await startEmbedded(dir, logger) : await startTimescale(join(dir, 'timescale'))
  const name = `cordon_load_${randomBytes(4).toString('hex')}`
  const admin = await openStore({ url: server.url, applicationName: 'load', poolSize: 1, logger })
  await admin.execute(`create database ${name}`)
  const url = Object.assign(new URL(server.url), { pathname: `/${name}` }).href
  await migrate({ url, logger })
  const store = await openStore({ url, applicationName: 'load', poolSize: 2, logger, statementTimeoutMs: 120_000 })
  let postmasterPid = await postmasterOf(store)
  return {
    url,
    store,
    get postmasterPid() {
      return postmasterPid
    },
    description: await describe(store),
    crash: () => server.crash(),
    restart: async () => {
      await server.restart()
      postmasterPid = await postmasterOf(store)
    },
    startStandby: () => server.startStandby(),
    stop: async () => {
      await store.close()
      // it may have been left for its standby
      await server.restart()
      await admin.execute(`drop database ${name} with (force)`)
      await admin.close()
      await server.stop()
    },
  }
}

async function startTimescale(dir: string): Promise<Server> {
  mkdirSync(dir, { recursive: true })
  const settings = Object.entries(SETTINGS).map(([key, value]) => `${key} = ${value}`)
  const env = { ...process.env, CORDON_TIMESCALE_SETTINGS: settings.join('\n') }
  const port = String(await freePort())
  const up = () => run(join(SCRIPTS, 'timescale-up.sh'), [dir, port], { env })
  const down = async (how: 'fast' | 'immediate') => void (await run(join(SCRIPTS, 'timescale-down.sh'), [dir, how]))
  const standby = (...args: readonly string[]) => run(join(SCRIPTS, 'timescale-standby.sh'), [dir, ...args])
  let hasStandby = false
  const { stdout } = await up()
  return {
    url: stdout.trim(),
    crash: () => down('immediate'),
    restart: async () => {
      await up()
      if (hasStandby) await standby('down')
      hasStandby = false
    },
    startStandby: async () => {
      hasStandby = true
      const free = await freePort()
      await standby('up', String(free))
      return { port: free, promote: async () => void (await standby('promote')) }
    },
    stop: () => down('fast'),
  }
}

async function startEmbedded(dir: string, logger: Logger): Promise<Server> {
  const dataDir = join(dir, 'embedded')
  rmSync(dataDir, { recursive: true, force: true })
  const server = await startEmbeddedPostgres({ dataDir, logger, settings: SETTINGS })
  const cannot = () =>
    Promise.reject(new Error('the embedded PostgreSQL ends with its program: it is not crashed alone'))
  return {
    url: server.url,
    stop: () => server.stop(),
    crash: cannot,
    startStandby: cannot,
    // it has never ended
    restart: () => Promise.resolve(),
  }
}

/** Every connection is served by a child of the postmaster. */
async function postmasterOf(store: Store): Promise<number> {
  const ask = () => store.query<{ pid: number }>('select pg_backend_pid() as pid')
  // the first connection tried may be one that was cut
  const [row] = await ask().catch(ask)
  const [backend] = readStat(row?.pid ?? -1)
  if (backend === undefined) throw new Error('the database server does not run on this machine')
  return backend.parent
}

async function describe(store: Store): Promise<string> {
  const [row] = await store.query<{ version: string; extension: string | null }>(
    `select current_setting('server_version') as version,
            (select extversion from pg_extension where extname = 'timescaledb') as extension`,
  )
  const version = row?.version.split(' ')[0] ?? '?'
  return row?.extension == null
    ? `PostgreSQL ${version}`
    : `TimescaleDB ${row.extension} (${store.edition}) on PostgreSQL ${version}`
}
