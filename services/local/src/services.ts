import { fileURLToPath } from 'node:url'
import { type RunningProcess, startProcess } from '@cordon/runtime'
import { endWithParent } from './end-with-parent.ts'
import type { HeldPort } from './held-port.ts'
import { readPortInUse } from './port-in-use.ts'

export type ServiceName = 'ingest' | 'gateway' | 'notifier' | 'simulator'

export interface ServiceOptions {
  readonly name: ServiceName
  readonly env: Readonly<Record<string, string>>
  readonly opsPort: HeldPort
  /** What else it listens on, as `env` says. */
  readonly ports: readonly HeldPort[]
  readonly onLine: (line: string) => void
  /** Aborted: nobody waits for it to be ready any more, it is only to be handed back so that it can be stopped. */
  readonly given: AbortSignal
}

/** This file is services/local/{src,dist}/services.*: a service runs from source or built as this one does. */
const here = fileURLToPath(import.meta.url)
const isBuilt = here.endsWith('.js')
const servicesDir = fileURLToPath(new URL('../../', import.meta.url))

export function serviceCommand(name: ServiceName): { readonly command: string; readonly args: readonly string[] } {
  const main = `${servicesDir}${name}/${isBuilt ? 'dist/main.js' : 'src/main.ts'}`
  const node = isBuilt ? [] : ['--conditions=@cordon/source', '--import', 'tsx']
  return { command: process.execPath, args: [...node, '--import', endWithParent(process.pid), main] }
}

/**
 * Starts one of Cordon's services as a child and waits until its operations port says it is ready. Rejects with `port-in-use`
 * when one of its ports is taken, before it is started or by the time it listens.
 */
export async function startService({
  name,
  env,
  opsPort,
  ports,
  onLine,
  given,
}: ServiceOptions): Promise<RunningProcess> {
  const own = [opsPort, ...ports]
  for (const port of own) await port.hold()
  const ready = `http://127.0.0.1:${opsPort.number()}/ready`
  let inUse: Error | undefined
  await Promise.all(own.map(port => port.release()))
  try {
    return await startProcess({
      name,
      ...serviceCommand(name),
      env: { ...inherited(), ...env, CORDON_OPS_PORT: String(opsPort.number()) },
      isReady: async () => given.aborted || isUp(ready),
      onLine: line => {
        inUse ??= readPortInUse(line)
        onLine(line)
      },
      ownGroup: true,
    })
  } catch (error) {
    throw inUse ?? error
  }
}

async function isUp(address: string): Promise<boolean> {
  const response = await fetch(address, { signal: AbortSignal.timeout(2_000) })
  return response.ok
}

/** A child gets what it needs by name, and of ours only what is not Cordon's. */
export function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) =>
      value === undefined || key.startsWith('CORDON_') ? [] : [[key, value]],
    ),
  )
}
