import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'

export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
  /** SHA-256 of the file, in hexadecimal. */
  readonly checksum: string
}

/** Beside both src/ and dist/. */
export const MIGRATIONS_FOLDER = new URL('../../migrations/', import.meta.url)
const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.sql$/

/**
 * All migrations of the folder in order: `0001_initial.sql`, `0002_….sql`, … A number may be missing; one that is filled in later
 * is refused where a higher one has been applied.
 */
export async function readMigrations(folder: URL = MIGRATIONS_FOLDER): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()
  const migrations = await Promise.all(names.map(name => readMigration(folder, name)))
  for (const [index, { version, name }] of migrations.entries())
    if (version === migrations[index - 1]?.version) throw new Error(`migrations: ${name} has the number of another one`)
  return migrations
}

async function readMigration(folder: URL, name: string): Promise<Migration> {
  const version = Number(FILE_NAME.exec(name)?.[1])
  if (!(version > 0)) throw new Error(`migrations: ${name} has no number`)
  const sql = await readFile(new URL(name, folder), 'utf8')
  return { version, name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
}
