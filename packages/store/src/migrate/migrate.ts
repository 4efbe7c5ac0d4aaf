import { createError, type Logger } from '@cordon/runtime'
import { Client } from 'pg'
import { asStoreError } from '../connection/store-error.ts'
import { MIGRATIONS_FOLDER, type Migration, readMigrations } from './read-migrations.ts'

export interface MigrateOptions {
  readonly url: string
  readonly logger: Logger
  /** Another folder than the package's own: for tests. */
  readonly folder?: URL
}

interface Applied {
  readonly version: number
  readonly name: string
  readonly checksum: string
}

/** Any number that nobody else locks: whoever holds it migrates, the others wait and then find nothing to do. */
const LOCK = 4_201_000
const CONNECT_TIMEOUT_MS = 5_000

/**
 * Brings the database to the newest schema: each numbered file once, in order, in a transaction of its own; forward only.
 * Several processes may start at once. Rejects with `database-unavailable`, or with `start-failed` when an applied file has been
 * changed since, or when the database is newer than this program. Gives the versions that it applied.
 */
export async function migrate({ url, logger, folder = MIGRATIONS_FOLDER }: MigrateOptions): Promise<readonly number[]> {
  const migrations = await readMigrations(folder)
  const client = new Client({
    connectionString: url,
    application_name: 'cordon-migrate',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  })
  client.on('error', error => logger.debug({ err: error }, 'database connection error'))
  try {
    await client.connect()
    await client.query('select pg_advisory_lock($1)', [LOCK]) // until this connection ends
    return await applyMissing(client, migrations, logger)
  } catch (error) {
    throw asStoreError(error)
  } finally {
    await client.end()
  }
}

async function applyMissing(client: Client, migrations: readonly Migration[], logger: Logger): Promise<number[]> {
  const applied = await readApplied(client)
  checkApplied(applied, migrations)
  const missing = migrations.slice(applied.length)
  for (const migration of missing) {
    await apply(client, migration)
    logger.info({ migration: migration.name }, 'migration applied')
  }
  return missing.map(({ version }) => version)
}

async function readApplied(client: Client): Promise<readonly Applied[]> {
  await client.query(`
    create table if not exists schema_migrations (
      version integer primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`)
  const { rows } = await client.query<Applied>('select version, name, checksum from schema_migrations order by version')
  return rows
}

function checkApplied(applied: readonly Applied[], migrations: readonly Migration[]): void {
  for (const [index, { version, name, checksum }] of applied.entries()) {
    const file = migrations[index]
    if (file === undefined)
      throw createError('start-failed', `the database has migration ${name}, which this program is too old to know`)
    if (file.version !== version || file.checksum !== checksum)
      throw createError('start-failed', `migration ${file.name} is not the one that was applied to this database`)
  }
}

async function apply(client: Client, { version, name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query('insert into schema_migrations (version, name, checksum) values ($1, $2, $3)', [
      version,
      name,
      checksum,
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => undefined)
    throw createError('start-failed', `migration ${name} failed: ${String(cause)}`, { cause: asStoreError(cause) })
  }
}
