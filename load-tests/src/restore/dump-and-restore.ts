import { join } from 'node:path'
import type { Store } from '@cordon/store'
import type { DatabaseServer } from './archiving-server.ts'

export interface DumpOptions {
  readonly server: DatabaseServer
  /** The database that is dumped. */
  readonly database: string
  /** A new one. */
  readonly into: string
  readonly dir: string
  /** Of any database of the server. */
  readonly admin: Store
}

/**
 * A logical copy by pg_dump and pg_restore. TimescaleDB has to be told before and after: between the two its catalogue is filled
 * like any table, and nothing of its own runs.
 */
export async function dumpAndRestore({ server, database, into, dir, admin }: DumpOptions): Promise<void> {
  const file = join(dir, 'cordon.dump')
  const psql = (sql: string) => server.command('psql', ['-v', 'ON_ERROR_STOP=1', '-qAt', '-d', into, '-c', sql])
  await server.command('pg_dump', ['--format=custom', '--file', file, database])
  await admin.execute(`create database ${into}`)
  await psql('create extension if not exists timescaledb')
  await psql('select timescaledb_pre_restore()')
  await server.command('pg_restore', ['--no-owner', '--exit-on-error', '--dbname', into, file])
  await psql('select timescaledb_post_restore()')
}
