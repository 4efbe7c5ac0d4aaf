import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { connectNats, ensureStream, MQTT_STREAM } from '@cordon/jetstream'
import { type Logger, sleep } from '@cordon/runtime'
import { type NatsServer, type NatsServerOptions, type NatsTag, startNatsServer } from '@cordon/testkit'
import { freePort } from '../stack/free-port.ts'

export interface ServersOptions {
  /** Of theirs alone: what was there is gone, and it goes when they end. */
  readonly dir: string
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
export async function startServers({ dir, partitions, tags, logger }: ServersOptions): Promise<Servers> {
  rmSync(dir, { recursive: true, force: true })
  const routePorts: number[] = []
  for (let index = 0; index < SERVERS; index++) routePorts.push(await freePort())
  const all = await startTogether(
    routePorts.map((_, index) => ({ partitions, tags, dir: join(dir, String(index)), cluster: { index, routePorts } })),
  )
  const servers = all.map(({ url }) => url)
  const link = await connectNats({ servers, ...all[0]?.ingest, name: 'cluster', logger })
  const stop = async () => {
    await link.stop()
    await Promise.all(all.map(server => server.stop()))
    rmSync(dir, { recursive: true, force: true })
  }
  const limits = { replicas: SERVERS, maxMessages: MAX_MESSAGES }
  await insist(() => ensureStream(link, limits, logger)).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return {
    all,
    leader: () =>
      insist(async () => {
        const { cluster } = await link.manager.streams.info(MQTT_STREAM)
        const leading = all.find((_, index) => cluster?.leader === `nats-${index}`)
        if (leading === undefined) throw new Error('the stream has no leader')
        return leading
      }),
    stop,
  }
}

/** All of them, or none is left. */
async function startTogether(options: readonly NatsServerOptions[]): Promise<readonly NatsServer[]> {
  const started = await Promise.allSettled(options.map(startNatsServer))
  const running = started.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []))
  const failed = started.find(result => result.status === 'rejected')
  if (failed === undefined) return running
  await Promise.all(running.map(server => server.stop()))
  throw failed.reason
}

/** The servers may have to agree on a leader first. */
async function insist<T>(attempt: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + READY_MS; ; await sleep(500)) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
  }
}
