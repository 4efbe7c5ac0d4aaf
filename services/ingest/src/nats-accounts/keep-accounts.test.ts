import { TOPICS } from '@cordon/contract'
import { hashNatsPassword } from '@cordon/jetstream'
import { createLogger, type Stop } from '@cordon/runtime'
import { putBrokerUser, removeBrokerUser } from '@cordon/store'
import { createTestDatabase, type NatsServer, realParts, startNatsServer, type TestDatabase } from '@cordon/testkit'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../testing/start-ingest.ts'
import { keepAccounts, reloadByPidFile } from './keep-accounts.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const clients: MqttClient[] = []
let database: TestDatabase
let server: NatsServer
let stop: Stop

beforeAll(async () => {
  database = await createTestDatabase()
  server = await startNatsServer({ partitions: 4, tags: [] })
  stop = await keepAccounts({
    ...{ store: database.store, file: server.accountsFile, partitions: 4, logger },
    services: {
      ingest: await hashNatsPassword('i'),
      live: await hashNatsPassword('l'),
      system: await hashNatsPassword('s'),
    },
    reload: reloadByPidFile(server.pidFile, logger),
  })
})
afterAll(async () => {
  await stop()
  for (const client of clients) client.end(true)
  await server.stop()
  await database.drop()
})

async function put(username: string, password: string, protocol = 'cordon') {
  await putBrokerUser(database.store, { username, protocol, passwordHash: await hashNatsPassword(password) })
}
async function connect(username: string, password: string): Promise<MqttClient> {
  const settings = { username, password, clientId: username, protocolVersion: 4 as const, reconnectPeriod: 0 }
  const client = await connectAsync(server.mqttUrl, settings, false)
  clients.push(client)
  return client
}
const isLetIn = (username: string, password: string) =>
  connect(username, password).then(
    () => true,
    () => false,
  )

describe.runIf(realParts.nats)('the accounts of a NATS server', () => {
  it('puts an account in force, and leaves those who are there alone', async () => {
    await put('tag-1', 'first')
    await until(() => isLetIn('tag-1', 'first'), 'it is let in')
    const tag = clients.at(-1)
    await put('jo/phone', 'phone', 'owntracks')
    await put('forwarder.one', 'forwarder', 'forwarder')
    await put('8675309', 'traccar', 'traccar')
    await until(() => isLetIn('jo/phone', 'phone'), 'the phone is let in')
    await until(() => isLetIn('forwarder.one', 'forwarder'), 'the forwarder is let in')
    await until(() => isLetIn('8675309', 'traccar'), 'the account of a Traccar tag is there, for nothing')
    expect(tag?.connected).toBe(true)
    await tag?.publishAsync(TOPICS.tagFixes('tag-1'), 'x', { qos: 1 })
    expect(server.log()).not.toContain('Publish Violation')
    await clients.at(-1)?.publishAsync(TOPICS.traccarPositions, 'x', { qos: 1 })
    expect(server.log()).toContain('Publish Violation - User "8675309"')
  }, 60_000)

  it('cuts off who has another password now, and who has no account any more', async () => {
    await put('tag-2', 'first')
    await until(() => isLetIn('tag-2', 'first'), 'it is let in')
    const tag = clients.at(-1)
    await put('tag-2', 'second')
    await until(() => tag?.connected === false, 'it is cut off')
    await until(() => isLetIn('tag-2', 'second'), 'the second password is let in')
    expect(await isLetIn('tag-2', 'first')).toBe(false)
    const again = clients.at(-1)
    await removeBrokerUser(database.store, 'tag-2')
    await until(() => again?.connected === false, 'it is cut off')
    expect(await isLetIn('tag-2', 'second')).toBe(false)
  }, 60_000)
})
