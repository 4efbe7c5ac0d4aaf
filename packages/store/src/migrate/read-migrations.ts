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

/** All migrations of the folder in order: `0001_initial.sql`, `0002_….sql`, … without a gap. */
export async function readMigrations(folder: URL = MIGRATIONS_FOLDER): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()
  return Promise.all(names.map((name, index) => readMigration(folder, name, index + 1)))
}

async function readMigration(folder: URL, name: string, expected: number): Promise<Migration> {
  const version = Number(FILE_NAME.exec(name)?.[1])
  if (version !== expected) throw new Error(`migrations: ${name} stands where number ${expected} belongs`)
  const sql = await readFile(new URL(name, folder), 'utf8')
  return { version, name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
}
