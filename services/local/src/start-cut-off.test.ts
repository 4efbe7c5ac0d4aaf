import { randomUUID } from 'node:crypto'
import { startEmbeddedBroker } from '@cordon/embedded'
import { createLogger } from '@cordon/runtime'
import { hashMqttPassword, insertForwarder, revokeForwarder, revokeTag, rotateTag } from '@cordon/store'
import { aTag, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createBrokerRules, createServiceCredentials, type LocalAccount } from './broker-rules.ts'
import { startCutOff } from './start-cut-off.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const services = createServiceCredentials()
const clients: MqttClient[] = []
let database: TestDatabase
let broker: Awaited<ReturnType<typeof startEmbeddedBroker<LocalAccount>>>
let cutOff: Awaited<ReturnType<typeof startCutOff>>

beforeAll(async () => {
  database = await createTestDatabase()
  const rules = createBrokerRules(database.store, services)
  broker = await startEmbeddedBroker({ host: '127.0.0.1', port: 0, logger, ...rules })
  cutOff = await startCutOff({ store: database.store, broker, logger })
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map(client => client.endAsync(true)))
})
afterAll(async () => {
  await cutOff.stop()
  await broker.stop()
  await database.drop()
})

async function connect(username: string, password: string): Promise<MqttClient> {
  const options = { username, password, clientId: randomUUID(), protocolVersion: 4, reconnectPeriod: 0 } as const
  const client = await connectAsync(broker.url, options, false)
  clients.push(client)
  return client
}
const closing = (client: MqttClient) => new Promise<void>(resolve => client.once('close', () => resolve()))

describe('the embedded broker', () => {
  it('disconnects a revoked tag within 2 s and does not let it back, and leaves the others alone', async () => {
    const [revoked, other] = [await aTag(database.store), await aTag(database.store)]
    const tag = await connect(revoked, 'password')
    const neighbour = await connect(other, 'password')
    const ingest = await connect('cordon.ingest', services['cordon.ingest'].password)
    const closed = closing(tag)
    const before = performance.now()
    await revokeTag(database.store, { id: revoked, by: 'test', reason: 'lost' })
    await closed
    // The requirement itself is a time.
    expect(performance.now() - before).toBeLessThan(2_000)
    await expect(connect(revoked, 'password')).rejects.toThrow(/Not authorized/)
    expect([neighbour.connected, ingest.connected]).toEqual([true, true])
  })

  it('disconnects a tag whose password was replaced', async () => {
    const id = await aTag(database.store)
    const closed = closing(await connect(id, 'password'))
    await rotateTag(database.store, id, hashMqttPassword('another'))
    await closed
    await expect(connect(id, 'password')).rejects.toThrow(/Not authorized/)
    await connect(id, 'another')
  })

  it('lets a tag with a certificate in with no password whatever', async () => {
    const id = await aTag(database.store)
    await rotateTag(database.store, id, null)
    for (const password of ['password', '', 'null']) await expect(connect(id, password)).rejects.toThrow()
  })

  it('disconnects a revoked forwarder', async () => {
    await insertForwarder(database.store, { id: 'f', source: 'traccar', passwordHash: hashMqttPassword('secret') })
    const closed = closing(await connect('forwarder.f', 'secret'))
    await revokeForwarder(database.store, { id: 'f', by: 'test', reason: 'moved' })
    await closed
    await expect(connect('forwarder.f', 'secret')).rejects.toThrow(/Not authorized/)
  })
})
