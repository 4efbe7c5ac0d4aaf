import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface CommandResult {
  /** Null when it could not be started or was ended by a signal. */
  readonly code: number | null
  /** Standard output and standard error together, the last 16 Ki characters. */
  readonly output: string
}

const KEPT_CHARACTERS = 16_384

/** The environment for PostgreSQL's programs: messages in English, and nothing of libpq's that could lead them elsewhere. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([key]) => !key.startsWith('PG') && !key.startsWith('LC_'))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' }
}

/** Runs a program to its end. A program that is not there gives code null and the reason as output. */
export async function runCommand(command: readonly string[], input = ''): Promise<CommandResult> {
  const [program = '', ...args] = command
  const child = spawn(program, args, { env: postgresEnvironment(), cwd: '/' })
  let output = ''
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-KEPT_CHARACTERS)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  // A program that ends before it has read its input breaks the pipe; its exit code and output say what happened.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  try {
    const [code] = await once(child, 'close')
    return { code: typeof code === 'number' ? code : null, output }
  } catch (error) {
    return { code: null, output: String(error) }
  }
}
