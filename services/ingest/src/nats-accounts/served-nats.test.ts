import { TOPICS } from '@cordon/contract'
import { connectNats, hashNatsPassword } from '@cordon/jetstream'
import { connectLive } from '@cordon/live'
import { createLogger, type Stop } from '@cordon/runtime'
import { putBrokerUser } from '@cordon/store'
import {
  createTestDatabase,
  realParts,
  type ServedNats,
  startNatsServer,
  startServedNats,
  type TestDatabase,
} from '@cordon/testkit'
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../testing/start-ingest.ts'
import { keepAccounts } from './keep-accounts.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const ingest = { username: 'cordon.ingest', password: 'ingest-password' }
const live = { username: 'cordon.live', password: 'live-password' }

async function keepFor(server: ServedNats, database: TestDatabase): Promise<Stop> {
  return keepAccounts({
    ...{ store: database.store, file: server.accountsFile, partitions: 4, logger },
    services: {
      ingest: await hashNatsPassword(ingest.password),
      live: await hashNatsPassword(live.password),
      system: await hashNatsPassword('s'),
    },
    // as CORDON_NATS_PID_FILE=none
    reload: () => undefined,
  })
}

const isLetIn = (attempt: () => Promise<{ stop: Stop } | { close: Stop }>) =>
  attempt().then(
    async link => {
      await ('stop' in link ? link.stop() : link.close())
      return true
    },
    () => false,
  )

describe.runIf(realParts.nats)('a server as docker-compose.yml runs it', () => {
  let database: TestDatabase
  let server: ServedNats
  let stop: Stop
  beforeAll(async () => {
    database = await createTestDatabase()
    server = await startServedNats()
    stop = await keepFor(server, database)
    await until(() => isLetIn(toIngest), 'the server takes connections')
  }, 60_000)
  afterAll(async () => {
    await stop()
    await server.stop()
    await database.drop()
  })
  const toIngest = () => connectNats({ servers: [server.url], ...ingest, ca: server.ca, name: 'test', logger })
  const toLive = (ca: string | undefined) => connectLive({ url: server.mqttUrl, ...live, ca, clientId: 'a.b', logger })

  it('takes up a tag’s account by itself, and cuts off who has another password now', async () => {
    const put = async (password: string) =>
      putBrokerUser(database.store, {
        ...{ username: 'tag-1', protocol: 'cordon', passwordHash: await hashNatsPassword(password) },
      })
    const connect = (password: string) =>
      connectAsync(
        server.mqttUrl,
        { ca: server.ca, username: 'tag-1', password, protocolVersion: 4, reconnectPeriod: 0 },
        false,
      )
    await put('first')
    let tag: Awaited<ReturnType<typeof connect>> | undefined
    await until(async () => {
      tag = await connect('first').catch(() => undefined)
      return tag !== undefined
    }, 'it is let in')
    await put('second')
    await until(() => tag?.connected === false, 'it is cut off')
    tag?.end(true)
  }, 60_000)

  it('lets Cordon’s own processes speak and hear on every live topic', async () => {
    const client = await toLive(server.ca)
    const nothing = () => undefined
    await client.onPositions(nothing)
    await client.onIncidents(nothing)
    await client.onConfiguration(nothing)
    await client.onSystem(nothing)
    await client.onProvisional(nothing)
    await client.close()
    expect(Object.keys(TOPICS).filter(name => name.startsWith('live'))).toHaveLength(5)
  }, 30_000)

  it('is believed only with a certificate of the authority that is named', async () => {
    expect(await isLetIn(() => connectNats({ servers: [server.url], ...ingest, name: 'test', logger }))).toBe(false)
    expect(await isLetIn(() => toLive(undefined))).toBe(false)
    expect(await isLetIn(() => toLive(server.ca))).toBe(true)
  }, 30_000)

  it('lets nobody in who speaks without TLS', async () => {
    const plain = server.url.replace('tls:', 'nats:')
    expect(await isLetIn(() => connectNats({ servers: [plain], ...ingest, name: 'test', logger }))).toBe(false)
  }, 30_000)
})

describe.runIf(realParts.nats)('an ingest that asks for TLS', () => {
  it('is let in by its certificate where the server asks for one, and not without', async () => {
    const database = await createTestDatabase()
    const server = await startServedNats({ asksForCertificate: true })
    const stop = await keepFor(server, database)
    const { url, ca, cert, key } = server
    const withCertificate = () => connectNats({ servers: [url], ...ingest, ca, cert, key, name: 'test', logger })
    await until(() => isLetIn(withCertificate), 'it is let in')
    expect(await isLetIn(() => connectNats({ servers: [url], ...ingest, ca, name: 'test', logger }))).toBe(false)
    await stop()
    await server.stop()
    await database.drop()
  }, 60_000)

  it('says its password to no server that has no TLS, when TLS was asked for', async () => {
    const plain = await startNatsServer({ partitions: 4, tags: [] })
    const url = plain.url.replace('nats:', 'tls:')
    expect(await isLetIn(() => connectNats({ servers: [url], ...plain.ingest, name: 'test', logger }))).toBe(false)
    await plain.stop()
  }, 60_000)
})
