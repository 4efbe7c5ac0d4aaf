import type { Lifecycle, RunningProcess } from '@cordon/runtime'
import { freePort } from './free-port.ts'
import type { RunningBroker } from './start-broker.ts'
import { ADMIN_TOKEN, type ServiceName, startService } from './start-service.ts'

/** Ingest and gateway, each in a process of its own. */
export interface Services {
  readonly httpPort: number
  pid(name: ServiceName): number
  /** What it answers to GET /metrics. */
  metrics(name: ServiceName): Promise<string>
  /** Ends it in good order; `resume` starts it again. */
  halt(name: ServiceName): Promise<void>
  resume(name: ServiceName): Promise<void>
  /** kill -9, then a new process. */
  killAndRestart(name: ServiceName): Promise<void>
}

export interface ServicesOptions {
  readonly lifecycle: Lifecycle
  readonly databaseUrl: string
  readonly broker: RunningBroker
  /** For Node itself. */
  readonly nodeArgs: readonly string[]
  /** For ingest's alone. */
  readonly ingestArgs: readonly string[]
  readonly say: (line: string) => void
}

export async function runServices({
  lifecycle,
  databaseUrl,
  broker,
  nodeArgs,
  ingestArgs,
  say,
}: ServicesOptions): Promise<Services> {
  const ports = { ingest: await freePort(), gateway: await freePort(), http: await freePort() }
  const shared = { CORDON_DATABASE_URL: databaseUrl, CORDON_ADMIN_TOKEN: ADMIN_TOKEN }
  const gateway = { ...shared, ...broker.gatewayEnv, CORDON_HTTP_PORT: String(ports.http) }
  const start = (name: ServiceName) =>
    name === 'ingest'
      ? startService({
          name,
          nodeArgs: [...nodeArgs, ...ingestArgs],
          env: { ...shared, ...broker.ingestEnv },
          opsPort: ports.ingest,
        })
      : startService({ name, nodeArgs, env: gateway, opsPort: ports.gateway, httpPort: ports.http })
  const running = new Map<ServiceName, RunningProcess>()
  for (const name of ['ingest', 'gateway'] as const) {
    say(`starting ${name}`)
    await lifecycle.start(name, async () => {
      running.set(name, await start(name))
      return () => running.get(name)?.stop()
    })
  }
  return {
    httpPort: ports.http,
    pid: name => running.get(name)?.pid ?? -1,
    metrics: async name => (await fetch(`http://127.0.0.1:${ports[name]}/metrics`)).text(),
    halt: async name => {
      await running.get(name)?.stop()
    },
    resume: async name => void running.set(name, await start(name)),
    killAndRestart: async name => {
      await running.get(name)?.kill()
      running.set(name, await start(name))
    },
  }
}
