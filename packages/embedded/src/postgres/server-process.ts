import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Logger } from '@cordon/runtime'
import { postgresEnvironment } from './run-command.ts'

export interface ServerProcess {
  /** Fulfilled with true when it accepts connections, with false when it ended before that. Never rejects. */
  readonly ready: Promise<boolean>
  /** Fulfilled when it has ended, with how. Never rejects. */
  readonly ended: Promise<string>
  /** What it printed last, up to 20 lines. */
  lastLines(): string
  signal(name: NodeJS.Signals): void
}

const KEPT_LINES = 20
const READY = 'database system is ready to accept connections'

/**
 * Starts the server in a process group of its own: Ctrl+C in a terminal reaches all programs of a group, and the database
 * must outlive those that still write to it. When this process exits in whatever way it can notice, the server is told.
 */
export function spawnServer(command: readonly string[], logger: Logger): ServerProcess {
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    ...{ env: postgresEnvironment(), cwd: '/', detached: true },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const lines: string[] = []
  const signal = (name: NodeJS.Signals): void => void child.kill(name)
  const onExit = (): void => signal('SIGINT')
  process.once('exit', onExit)
  const ended = waitForEnd(child).finally(() => process.off('exit', onExit))
  const ready = new Promise<boolean>(resolve => {
    void ended.then(() => resolve(false))
    createInterface({ input: child.stderr }).on('line', line => {
      lines.splice(0, Math.max(0, lines.length - KEPT_LINES + 1))
      lines.push(line)
      log(line, logger)
      if (line.includes(READY)) resolve(true)
    })
  })
  return { ready, ended, lastLines: () => lines.join('\n'), signal }
}

function waitForEnd(child: ChildProcess): Promise<string> {
  return new Promise(resolve => {
    child.once('error', error => resolve(error.message))
    // `close` comes after `exit`, when all that it printed has been read.
    child.once('close', (code, name) => resolve(name === null ? `exit code ${code}` : `signal ${name}`))
  })
}

function log(line: string, logger: Logger): void {
  const [, severity = '', message = line] = /^(\w+): {2}(.*)$/.exec(line) ?? []
  if (severity === 'FATAL' || severity === 'PANIC') logger.error({ severity }, message)
  else if (severity === 'WARNING' || severity === 'ERROR') logger.warn({ severity }, message)
  else logger.debug({ severity }, message)
}
