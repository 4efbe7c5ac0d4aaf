import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createError, type Logger, sleep } from '@cordon/runtime'
import { commandLineOf, isAlive } from '../process-identity.ts'

const FAST_STOP_MS = 20_000
const IMMEDIATE_STOP_MS = 5_000

/**
 * What a process that was killed left in the data directory. Its server may still run, and then belongs to nobody, since
 * the directory's lock is ours: it is stopped. Or `postmaster.pid` names a process id that another program has now, which
 * would make the server refuse to start: the file is removed. A dead process id is PostgreSQL's own business.
 */
export async function clearLeftover(clusterDir: string, logger: Logger): Promise<void> {
  const pidFile = join(clusterDir, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number.parseInt(readFileSync(pidFile, 'latin1'), 10)
  if (!(pid > 0) || !isAlive(pid)) return
  if (!commandLineOf(pid).includes(clusterDir)) {
    logger.warn({ serverPid: pid }, 'a stale postmaster.pid names the process of another program: removed')
    rmSync(pidFile, { force: true })
    return
  }
  logger.warn({ serverPid: pid }, 'an embedded PostgreSQL is still running without its parent: stopping it')
  await stopLeftover(pid, clusterDir)
}

async function stopLeftover(pid: number, clusterDir: string): Promise<void> {
  const isRunning = (): boolean => commandLineOf(pid).includes(clusterDir)
  process.kill(pid, 'SIGINT')
  if (await becomes(() => !isRunning(), FAST_STOP_MS)) return
  process.kill(pid, 'SIGQUIT')
  if (await becomes(() => !isRunning(), IMMEDIATE_STOP_MS)) return
  throw createError('data-dir-in-use', `the PostgreSQL process ${pid} of an earlier run cannot be stopped`)
}

async function becomes(condition: () => boolean, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs
  while (!condition()) {
    if (performance.now() > deadline) return false
    await sleep(50)
  }
  return true
}
