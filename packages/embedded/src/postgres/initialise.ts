import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { chown, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createError } from '@cordon/runtime'
import type { PostgresUser } from './choose-user.ts'
import type { PostgresBinaries } from './find-binaries.ts'
import { runCommand } from './run-command.ts'

export const DATABASE_USER = 'cordon'
export const DATABASE_NAME = 'cordon'

export interface Cluster {
  readonly dir: string
  readonly password: string
}

/**
 * The data directory of the server below `dataDir`, made on first use together with an empty database and a generated
 * password (file mode 0600). It is built under another name and renamed when complete: one that exists is whole.
 */
export async function initialise(dataDir: string, binaries: PostgresBinaries, user: PostgresUser): Promise<Cluster> {
  const dir = join(dataDir, 'cluster')
  const passwordFile = join(dataDir, 'password')
  if (!existsSync(dir)) {
    writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
    await createCluster(dataDir, passwordFile, { binaries, user })
  }
  await checkVersion(dir, binaries)
  await giveTo(dir, user)
  return { dir, password: readPart(passwordFile) }
}

interface Tools {
  readonly binaries: PostgresBinaries
  readonly user: PostgresUser
}

async function createCluster(dataDir: string, passwordFile: string, { binaries, user }: Tools): Promise<void> {
  const building = join(dataDir, 'cluster.new')
  rmSync(building, { recursive: true, force: true })
  // initdb reads the password as the user that it runs as, and makes its directory in one that it may write to.
  if (user.owner !== undefined) await Promise.all([dataDir, passwordFile].map(path => giveTo(path, user)))
  await runOrThrow('initdb', [
    ...[...user.prefix, binaries.initdb, `--pgdata=${building}`, `--pwfile=${passwordFile}`],
    ...[`--username=${DATABASE_USER}`, '--auth=scram-sha-256', '--encoding=UTF8', '--no-instructions'],
    // Deterministic on every machine, whatever locales it has: order by code point, upper and lower case of all of Unicode.
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ])
  const single = [...user.prefix, binaries.postgres, '--single', '-D', building, 'postgres']
  await runOrThrow('creating the database', single, `CREATE DATABASE ${DATABASE_NAME};\n`)
  renameSync(building, join(dataDir, 'cluster'))
}

async function runOrThrow(what: string, command: readonly string[], input?: string): Promise<void> {
  const { code, output } = await runCommand(command, input)
  // In single-user mode a statement that fails is only printed.
  if (code === 0 && !/^.*\b(ERROR|FATAL|PANIC): /m.test(output)) return
  throw createError('database-start-failed', `${what} failed: ${output.trim()}`)
}

/** The server would refuse too, but says nothing of what to do. */
async function checkVersion(dir: string, { postgres }: PostgresBinaries): Promise<void> {
  const written = readPart(join(dir, 'PG_VERSION'))
  const { output } = await runCommand([postgres, '--version'])
  const installed = /(\d+)(\.\d+)?\s*$/.exec(output)?.[1] ?? output.trim()
  if (written === installed) return
  const detail = `${dir} was written by PostgreSQL ${written}, installed is ${installed}: dump it with the old one and load it into a new data directory`
  throw createError('database-start-failed', detail)
}

/** A directory that lacks a part is left as it is: what is in it may still be saved by hand. */
function readPart(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    throw createError('database-start-failed', `the data directory is damaged, ${path} cannot be read`, { cause })
  }
}

/** PostgreSQL wants its directory to belong to its own user; an earlier run may have been made as another one. */
async function giveTo(path: string, { owner }: PostgresUser): Promise<void> {
  if (owner === undefined || (await stat(path)).uid === owner.uid) return
  await chown(path, owner.uid, owner.gid)
  const entries = await readdir(path, { recursive: true }).catch(() => [])
  for (const entry of entries) await chown(join(path, entry), owner.uid, owner.gid)
}
