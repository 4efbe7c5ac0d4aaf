import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from '@cordon/runtime'
import { type NatsServer, startNatsServer } from '@cordon/testkit'
import type { RegisteredTag } from '../../stack/register.ts'
import { startRealBroker } from '../../stack/start-broker.ts'
import { liveEnv, natsEnv } from '../nats-env.ts'
import type { Address } from '../roaming-tag.ts'
import { startServers } from '../start-servers.ts'

/** What takes the tags' messages and hands them to ingest. */
export interface Source {
  /** Tags are spread over these. */
  readonly addresses: readonly Address[]
  readonly ingestEnv: Readonly<Record<string, string>>
  readonly pids: readonly number[]
  stop(): Promise<void>
}

export interface SourceParts {
  readonly dir: string
  readonly tags: readonly RegisteredTag[]
  readonly logger: Logger
}

export interface SourceKind {
  readonly name: string
  readonly start: (parts: SourceParts) => Promise<Source>
}

/** What one partition takes: all tags are in it. */
const PARTITIONS = 1

export const SOURCES: readonly SourceKind[] = [
  { name: 'Mosquitto', start: startMosquitto },
  { name: 'one NATS server, R1', start: startOne },
  { name: 'three NATS servers, R3', start: startThree },
]

async function startMosquitto({ tags, logger }: SourceParts): Promise<Source> {
  const broker = await startRealBroker(tags, logger)
  const { host, port, ingestEnv } = broker
  return { addresses: [{ host, port }], ingestEnv, pids: [broker.pid()], stop: () => broker.stop() }
}

async function startOne({ dir, tags }: SourceParts): Promise<Source> {
  const home = join(dir, 'one')
  rmSync(home, { recursive: true, force: true })
  const server = await startNatsServer({ partitions: PARTITIONS, tags: accounts(tags), dir: home })
  return fromServers([server], async () => {
    await server.stop()
    rmSync(home, { recursive: true, force: true })
  })
}

async function startThree({ dir, tags, logger }: SourceParts): Promise<Source> {
  const options = { dir: join(dir, 'three'), partitions: PARTITIONS, tags: accounts(tags), logger }
  const servers = await startServers(options)
  return fromServers(servers.all, () => servers.stop())
}

const fromServers = (servers: readonly NatsServer[], stop: () => Promise<void>): Source => ({
  addresses: servers.map(({ mqttUrl }) => ({ host: '127.0.0.1', port: Number(new URL(mqttUrl).port) })),
  ingestEnv: { ...natsEnv({ servers, partitions: PARTITIONS }), ...liveEnv(servers[0]) },
  pids: servers.map(server => server.pid()),
  stop,
})

const accounts = (tags: readonly RegisteredTag[]) =>
  tags.map(({ id, password }) => ({ id, password, protocol: 'cordon' as const }))
