import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectNats, ensureStream, MQTT_STREAM } from '@cordon/jetstream'
import { type Logger, sleep, toError } from '@cordon/runtime'
import { type NatsServer, type NatsTag, startNatsServer } from '@cordon/testkit'
import { freePort } from '../stack/free-port.ts'

export interface ServersOptions {
  readonly partitions: number
  readonly tags: readonly NatsTag[]
  readonly logger: Logger
}

export interface Servers {
  readonly all: readonly NatsServer[]
  /** Which of them leads the stream behind the tags' MQTT now. */
  leader(): Promise<NatsServer>
  stop(): Promise<void>
}

const SERVERS = 3
const READY_MS = 30_000
/** As CORDON_NATS_MAX_MESSAGES. */
const MAX_MESSAGES = 20_000_000

/** Three servers on loopback, each keeping everything, and the tags' stream in them. */
export async function startServers({ partitions, tags, logger }: ServersOptions): Promise<Servers> {
  const dir = mkdtempSync(join(tmpdir(), 'cordon-cluster-'))
  const routePorts: number[] = []
  for (let index = 0; index < SERVERS; index++) routePorts.push(await freePort())
  const all = await Promise.all(
    routePorts.map((_, index) =>
      startNatsServer({ partitions, tags, dir: join(dir, String(index)), cluster: { index, routePorts } }),
    ),
  )
  const [first] = all
  if (first === undefined) throw new Error('there are no servers')
  const connect = () => connectNats({ servers: all.map(({ url }) => url), ...first.ingest, name: 'cluster', logger })
  const link = await connect()
  for (const deadline = Date.now() + READY_MS; ; await sleep(500)) {
    const failed = await ensureStream(link, { replicas: SERVERS, maxMessages: MAX_MESSAGES }, logger).then(
      () => undefined,
      toError,
    )
    if (failed === undefined) break
    if (Date.now() > deadline) throw failed
  }
  return {
    all,
    leader: async () => {
      const { cluster } = await link.manager.streams.info(MQTT_STREAM)
      const leading = all.find((_, index) => cluster?.leader === `nats-${index}`)
      if (leading === undefined) throw new Error('the stream has no leader')
      return leading
    },
    stop: async () => {
      await link.stop()
      await Promise.all(all.map(server => server.stop()))
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
