import { copyFileSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrokerAccounts, createDynamicSecurityAccounts } from '@cordon/live'
import { createLogger } from '@cordon/runtime'
import { createTestDatabase, type Mosquitto, realParts, startMosquitto, type TestDatabase } from '@cordon/testkit'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const REASON = { reason: 'the tag was found in a drawer' }

describe.runIf(realParts.mosquitto)('a tag’s credentials in Mosquitto', () => {
  let database: TestDatabase
  let broker: Mosquitto
  let accounts: BrokerAccounts
  let gateway: TestGateway
  let home: string
  const clients: MqttClient[] = []

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'cordon-revocation-'))
    database = await createTestDatabase()
    broker = await startMosquitto({ dir: home })
    accounts = await createDynamicSecurityAccounts({ url: broker.url, ...broker.admin, clientId: 'cordon.a', logger })
    gateway = await startTestGateway(database.store, { accounts })
  })
  afterEach(async () => {
    await Promise.all(clients.splice(0).map(client => client.endAsync(true)))
  })
  afterAll(async () => {
    await gateway.stop()
    await accounts.close()
    await broker.stop()
    await database.drop()
    await rm(home, { recursive: true })
  })

  async function connect({ username, password }: { readonly username: string; readonly password: string }) {
    const options = { username, password, clientId: username, protocolVersion: 5, reconnectPeriod: 0 } as const
    const client = await connectAsync(broker.url, options, false)
    client.on('error', () => undefined)
    clients.push(client)
    return client
  }
  const closing = (client: MqttClient) => new Promise<void>(resolve => client.once('close', () => resolve()))
  const publish = (client: MqttClient, topic: string) => client.publishAsync(topic, '{}', { qos: 1 })
  const isOpen = async (id: string) => (await accounts.read(id))?.isEnabled

  it('are replaced: the old password ends at once, and with it the connection', async () => {
    const { body: old } = await gateway.api.post('/tags', { id: 'rotated' })
    const tag = await connect(old)
    const closed = closing(tag)
    const { status, body } = await gateway.api.post('/tags/rotated/credentials', {})
    expect(status).toBe(201)
    await closed
    expect(body.password).not.toBe(old.password)
    await expect(connect(old)).rejects.toThrow()
    await publish(await connect(body), 'cordon/v1/tags/rotated/fixes')
  })

  it('are revoked: the tag is disconnected within 2 s and cannot come back, until it is reinstated', async () => {
    const { body: tag } = await gateway.api.post('/tags', { id: 'revoked' })
    const client = await connect(tag)
    const closed = closing(client)
    const before = performance.now()
    const { status, body } = await gateway.api.post('/tags/revoked/revocation', REASON)
    expect(status).toBe(201)
    await closed
    // The requirement itself is a time, and a hundred times what it takes.
    expect(performance.now() - before).toBeLessThan(2_000)
    expect(body).toMatchObject({
      cutOff: true,
      revokedReason: REASON.reason,
      revokedBy: expect.stringMatching(/^token:/),
    })
    await expect(connect(tag)).rejects.toThrow()
    expect((await gateway.api.post('/tags/revoked/revocation', REASON)).status).toBe(409)
    const reinstated = await gateway.api.post('/tags/revoked/reinstatement', REASON)
    expect(reinstated.body).not.toHaveProperty('revokedAt')
    await publish(await connect(tag), 'cordon/v1/tags/revoked/fixes')
    const { body: audit } = await gateway.api.get('/audit?limit=1000')
    for (const what of ['revoke-tag', 'reinstate-tag']) {
      expect(audit.items).toContainEqual(expect.objectContaining({ what, detail: expect.objectContaining(REASON) }))
    }
  })

  it('stay revoked when they are replaced', async () => {
    await gateway.api.post('/tags', { id: 'both' })
    await gateway.api.post('/tags/both/revocation', REASON)
    const { body } = await gateway.api.post('/tags/both/credentials', {})
    await expect(connect(body)).rejects.toThrow()
    await gateway.api.post('/tags/both/reinstatement', REASON)
    await publish(await connect(body), 'cordon/v1/tags/both/fixes')
  })

  it('of a forwarder are replaced, revoked and given back in the same way', async () => {
    await gateway.api.post('/forwarders', { id: 'traccar', source: 'traccar' })
    const { body } = await gateway.api.post('/forwarders/traccar/credentials', {})
    const closed = closing(await connect(body))
    expect((await gateway.api.post('/forwarders/traccar/revocation', REASON)).body).toMatchObject({ cutOff: true })
    await closed
    await expect(connect(body)).rejects.toThrow()
    expect((await gateway.api.post('/forwarders/traccar/reinstatement', REASON)).status).toBe(201)
    await publish(await connect(body), 'traccar/positions')
  })

  it('that came back with an old file of the broker let nobody in', async () => {
    const { body: revoked } = await gateway.api.post('/tags', { id: 'old-revoked' })
    const { body: rotated } = await gateway.api.post('/tags', { id: 'old-rotated' })
    const file = join(home, 'data', 'dynamic-security.json')
    const kept = join(home, 'kept.json')
    copyFileSync(file, kept)
    await gateway.api.post('/tags/old-revoked/revocation', REASON)
    const { body: renewed } = await gateway.api.post('/tags/old-rotated/credentials', {})
    await gateway.api.post('/tags', { id: 'not-in-the-old-file', credentials: 'certificate' })
    await broker.kill()
    const [now, before] = [readFileSync(file, 'utf8'), readFileSync(kept, 'utf8')]
    expect(now).not.toBe(before)
    copyFileSync(kept, file)
    await broker.restart()
    // The gateway sees the broker again and compares.
    await vi.waitFor(async () => {
      expect(await isOpen('old-revoked')).toBe(false)
      expect(await isOpen('old-rotated')).toBe(false)
      expect(await isOpen('not-in-the-old-file')).toBe(true)
    }, 20_000)
    for (const account of [revoked, rotated, renewed]) await expect(connect(account)).rejects.toThrow()
    const again = await gateway.api.post('/tags/old-rotated/credentials', {})
    await publish(await connect(again.body), 'cordon/v1/tags/old-rotated/fixes')
    const { body: audit } = await gateway.api.get('/audit?limit=1000')
    expect(audit.items).toContainEqual(expect.objectContaining({ who: 'cordon', what: 'repair-broker-accounts' }))
  }, 60_000)

  it('are revoked on record also while the broker is away, and at the broker when it is back', async () => {
    const { body: tag } = await gateway.api.post('/tags', { id: 'away' })
    await broker.kill()
    const { status, body } = await gateway.api.post('/tags/away/revocation', REASON)
    expect([status, body.cutOff]).toEqual([201, false])
    expect((await gateway.api.post('/tags/away/reinstatement', REASON)).status).toBe(503)
    await broker.restart()
    await vi.waitFor(async () => expect(await isOpen('away')).toBe(false), 20_000)
    await expect(connect(tag)).rejects.toThrow()
  }, 60_000)
})
