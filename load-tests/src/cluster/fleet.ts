import { STREAM_PATH } from '@cordon/contract'
import type { RunningProcess } from '@cordon/runtime'
import type { NatsServer } from '@cordon/testkit'
import { freePort } from '../stack/free-port.ts'
import { ADMIN_TOKEN, startService } from '../stack/start-service.ts'

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
  /** Each talks to another server for the live topics: to one address, as mqtt:// has it. */
  const shared = () => {
    const server = servers[turn++ % servers.length]
    return {
      ...{ CORDON_DATABASE_URL: databaseUrl, CORDON_ADMIN_TOKEN: ADMIN_TOKEN, CORDON_MQTT_URL: server?.mqttUrl ?? '' },
      ...{ CORDON_MQTT_USERNAME: server?.live.username ?? '', CORDON_MQTT_PASSWORD: server?.live.password ?? '' },
    }
  }
  const of = (name: string): RunningProcess => {
    const found = running.get(name)
    if (found === undefined) throw new Error(`${name} was never started`)
    return found
  }
  return {
    startIngest: async name => {
      const account = servers[0]?.ingest
      const env = {
        ...shared(),
        ...{ CORDON_INGEST_NAME: name, CORDON_NATS_URL: servers.map(({ url }) => url).join(',') },
        ...{ CORDON_NATS_USERNAME: account?.username ?? '', CORDON_NATS_PASSWORD: account?.password ?? '' },
        ...{ CORDON_NATS_PARTITIONS: String(partitions), CORDON_LEASE: `${leaseMs}ms` },
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
