import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createError, toError } from '@cordon/runtime'
import { isAlive, startOf } from './process-identity.ts'

export interface DataDirLock {
  release(): void
}

const LOCK = 'owner.json'

interface Owner {
  readonly pid: number
  readonly start: string
}

/**
 * Makes the directory (mode 0700) and takes it for this process. A lock whose process has ended, or whose process id now
 * belongs to another program, does not count, so nothing has to be cleaned up after a `kill -9`.
 */
export function lockDataDir(dir: string): DataDirLock {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    takeLock(dir)
  } catch (cause) {
    if ((cause as { code?: string }).code === 'data-dir-in-use') throw cause
    throw createError('data-dir-unusable', `cannot write in ${dir}: ${toError(cause).message}`, { cause })
  }
  return { release: () => rmSync(join(dir, LOCK), { force: true }) }
}

/** A hard link either makes the lock with its whole content or fails because there is one. */
function takeLock(dir: string): void {
  const lock = join(dir, LOCK)
  const mine = join(dir, `${LOCK}.${process.pid}`)
  writeFileSync(mine, JSON.stringify({ pid: process.pid, start: startOf(process.pid) } satisfies Owner), {
    mode: 0o600,
  })
  try {
    const owner = readOwner(lock)
    if (owner !== undefined && isRunning(owner)) {
      throw createError('data-dir-in-use', `${dir} is in use by the process ${owner.pid}`)
    }
    rmSync(lock, { force: true })
    linkSync(mine, lock)
  } finally {
    rmSync(mine, { force: true })
  }
}

function isRunning({ pid, start }: Owner): boolean {
  return start === '' ? isAlive(pid) : startOf(pid) === start
}

/** Undefined when there is none or it was cut off while it was written. */
function readOwner(lock: string): Owner | undefined {
  try {
    const owner: unknown = JSON.parse(readFileSync(lock, 'utf8'))
    const { pid, start } = owner as Owner
    return Number.isInteger(pid) && typeof start === 'string' ? { pid, start } : undefined
  } catch {
    return undefined
  }
}
