import { STREAM_PATH } from '@cordon/contract'
import type { RunningProcess } from '@cordon/runtime'
import type { NatsServer } from '@cordon/testkit'
import { freePort } from '../stack/free-port.ts'
import { ADMIN_TOKEN, startService } from '../stack/start-service.ts'
import { liveEnv, natsEnv } from './nats-env.ts'

export interface FleetOptions {
  readonly databaseUrl: string
  readonly servers: readonly NatsServer[]
  readonly partitions: number
  readonly leaseMs: number
}

/** Ingests and gateways, by name. */
export interface Fleet {
  startIngest(name: string): Promise<void>
  /** Gives the address of its stream. */
  startGateway(name: string): Promise<string>
  signal(name: string, signal: NodeJS.Signals): void
  /** Waits for the end of one that was told to go. */
  ended(name: string): Promise<void>
  pid(name: string): number
  stop(): Promise<void>
}

export function createFleet({ databaseUrl, servers, partitions, leaseMs }: FleetOptions): Fleet {
  const running = new Map<string, RunningProcess>()
  let turn = 0
  /** Each talks to another server for the live topics. */
  const shared = () => ({
    ...{ CORDON_DATABASE_URL: databaseUrl, CORDON_ADMIN_TOKEN: ADMIN_TOKEN },
    ...liveEnv(servers[turn++ % servers.length]),
  })
  const of = (name: string): RunningProcess => {
    const found = running.get(name)
    if (found === undefined) throw new Error(`${name} was never started`)
    return found
  }
  return {
    startIngest: async name => {
      const env = {
        ...shared(),
        ...natsEnv({ servers, partitions }),
        ...{ CORDON_INGEST_NAME: name, CORDON_LEASE: `${leaseMs}ms` },
      }
      running.set(name, await startService({ name: 'ingest', env, opsPort: await freePort(), nodeArgs: [] }))
    },
    startGateway: async name => {
      const httpPort = await freePort()
      const env = {
        ...shared(),
        ...{ CORDON_GATEWAY_NAME: name, CORDON_HTTP_PORT: String(httpPort), CORDON_BROKER_ACCOUNTS: 'database' },
      }
      running.set(name, await startService({ name: 'gateway', env, opsPort: await freePort(), httpPort, nodeArgs: [] }))
      return `ws://127.0.0.1:${httpPort}${STREAM_PATH}`
    },
    signal: (name, signal) => void process.kill(of(name).pid, signal),
    ended: async name => void (await of(name).exited),
    pid: name => of(name).pid,
    stop: async () => void (await Promise.all([...running.values()].map(one => one.stop()))),
  }
}
