import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type RunningProcess, startProcess } from '@cordon/runtime'

export type ServiceName = 'ingest' | 'gateway'

export interface ServiceOptions {
  readonly name: ServiceName | 'notifier'
  readonly env: Readonly<Record<string, string>>
  readonly opsPort: number
  /** Answers as well, with whatever, before the service counts as ready. */
  readonly httpPort?: number
  /** For Node itself, such as --cpu-prof. */
  readonly nodeArgs: readonly string[]
  /** Told of every line it writes; standard error when absent. */
  readonly onLine?: (line: string) => void
  /** False: it counts as started at once, for one that is to wait. */
  readonly waits?: boolean
}

export const ADMIN_TOKEN = randomBytes(24).toString('base64url')

/** A register of 25,000 wearers is read, and a busy machine is slow. */
const READY_MS = 300_000

/** One of Cordon's services as it is deployed: built, in a process of its own. What it warns of is shown. */
export function startService({
  name,
  env,
  opsPort,
  httpPort,
  nodeArgs,
  waits = true,
  onLine = line => void process.stderr.write(`${line}\n`),
}: ServiceOptions): Promise<RunningProcess> {
  const main = fileURLToPath(new URL(`../../../services/${name}/dist/main.js`, import.meta.url))
  return startProcess({
    name,
    command: process.execPath,
    args: [...nodeArgs, main],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      CORDON_LOG_LEVEL: 'warn',
      CORDON_OPS_PORT: String(opsPort),
      ...env,
    },
    readyMs: READY_MS,
    isReady: async () => {
      if (!waits) return true
      if (httpPort !== undefined) await fetch(`http://127.0.0.1:${httpPort}/`)
      return (await fetch(`http://127.0.0.1:${opsPort}/ready`)).ok
    },
    onLine: line => onLine(`${name}: ${line}`),
  })
}
