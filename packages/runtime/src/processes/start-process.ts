import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { createError } from '../errors/cordon-error.ts'
import { sleep } from '../timing/sleep.ts'
import { withTimeout } from '../timing/with-timeout.ts'
import { keepLines } from './kept-lines.ts'

export interface ProcessOptions {
  /** For messages. */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** Asked every 50 ms until it says true; rejections count as false. */
  readonly isReady: () => Promise<boolean>
  readonly readyMs?: number
  /** Every line it writes to standard output or standard error. */
  readonly onLine?: (line: string) => void
  /** Ctrl+C in a terminal reaches all programs of a process group: a child of its own group is only ever stopped by us. */
  readonly ownGroup?: boolean
}

export interface RunningProcess {
  readonly name: string
  readonly pid: number
  /** Fulfilled when it has ended, whoever ended it. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  /** SIGTERM, and SIGKILL after 15 s. Waits for the end; a second call waits for the same. */
  stop(): Promise<void>
  /** SIGKILL, for tests of what survives it. */
  kill(): Promise<void>
}

const READY_MS = 60_000
const STOP_MS = 15_000
/** What a child wrote before it ended is read within this; a child of its own may hold its output open for ever. */
const LAST_LINES_MS = 1_000

/**
 * Starts a child and waits until it is ready. Rejects with `start-failed` when it ends or is not ready in time, with its first
 * fatal line and its last lines.
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { name, command, args, env, readyMs = READY_MS, ownGroup = false } = options
  const lines = keepLines()
  const child = spawn(command, [...args], { env: { ...env }, detached: ownGroup, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
    child.once('error', reject)
  })
  // The error of a command that cannot be run is told by waitUntilReady; later there is none.
  exited.catch(() => undefined)
  const read = readLines(child, line => {
    lines.add(line)
    options.onLine?.(line)
  })
  const running = control(name, child, exited)
  try {
    await waitUntilReady(options.isReady, exited, readyMs)
  } catch (cause) {
    await running.kill()
    await withTimeout('reading the last lines', LAST_LINES_MS, () => read).catch(() => undefined)
    throw createError('start-failed', `${name} did not start:\n${lines.text()}`, { cause })
  }
  return running
}

/** Fulfilled when there is nothing more to read. */
async function readLines({ stdout, stderr }: ChildProcess, onLine: (line: string) => void): Promise<void> {
  const readers = [stdout, stderr].flatMap(input => (input === null ? [] : [createInterface({ input })]))
  await Promise.all(readers.map(reader => new Promise(resolve => reader.on('line', onLine).once('close', resolve))))
}

function control(name: string, child: ChildProcess, exited: RunningProcess['exited']): RunningProcess {
  const end = async (signal: NodeJS.Signals) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    const forced = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
    await ended
    clearTimeout(forced)
  }
  return { name, pid: child.pid ?? -1, exited, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
}

async function waitUntilReady(
  isReady: () => Promise<boolean>,
  exited: Promise<unknown>,
  readyMs: number,
): Promise<void> {
  const given = new AbortController()
  const ended = exited.then(() => {
    throw new Error('it ended')
  })
  const poll = async () => {
    const deadline = Date.now() + readyMs
    while (!(await isReady().catch(() => false))) {
      if (Date.now() > deadline) throw new Error(`not ready in ${readyMs} ms`)
      await sleep(50, given.signal)
    }
  }
  try {
    await Promise.race([poll(), ended])
  } finally {
    given.abort()
  }
}
