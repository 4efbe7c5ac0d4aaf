import { readFileSync } from 'node:fs'
import { type BrokerAccounts, createDynamicSecurityAccounts } from '@cordon/live'
import { createLogger } from '@cordon/runtime'
import { createTestDatabase, type Mosquitto, realParts, startMosquitto, type TestDatabase } from '@cordon/testkit'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const NOT_AUTHORIZED = 135
const REASON = { reason: 'stolen' }

describe.runIf(realParts.mosquitto)('a tag with a certificate, at Mosquitto', () => {
  let database: TestDatabase
  let broker: Mosquitto
  let accounts: BrokerAccounts
  let gateway: TestGateway
  const clients: MqttClient[] = []

  beforeAll(async () => {
    database = await createTestDatabase()
    broker = await startMosquitto()
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
  })

  async function join(url: string, options: IClientOptions): Promise<MqttClient> {
    const always = { clientId: 'any', protocolVersion: 5, reconnectPeriod: 0, ca: readFileSync(broker.caFile) } as const
    const client = await connectAsync(url, { ...always, ...options }, false)
    client.on('error', () => undefined)
    clients.push(client)
    return client
  }
  const present = (tagId: string) => join(broker.certificateUrl, broker.issueCertificate(tagId))
  const publish = (client: MqttClient, topic: string) => client.publishAsync(topic, '{}', { qos: 1 })
  const fixes = (tagId: string) => `cordon/v1/tags/${tagId}/fixes`

  it('is registered without a password, signs in by its common name, and may do what is its own', async () => {
    const { status, body } = await gateway.api.post('/tags', { id: 'cert-1', credentials: 'certificate' })
    expect([status, body.credentials]).toEqual([201, 'certificate'])
    expect(body).not.toHaveProperty('password')
    const tag = await present('cert-1')
    await publish(tag, fixes('cert-1'))
    await expect(publish(tag, fixes('cert-2'))).rejects.toMatchObject({ code: NOT_AUTHORIZED })
    // With no password whatever at the listener for passwords.
    for (const password of ['', 'null', 'undefined']) {
      await expect(join(broker.tlsUrl, { username: 'cert-1', password })).rejects.toThrow(/Not authorized/)
    }
  })

  it('of OwnTracks has the slash of its id in its common name', async () => {
    const made = { id: 'jo/phone', protocol: 'owntracks', credentials: 'certificate' }
    expect((await gateway.api.post('/tags', made)).status).toBe(201)
    await publish(await present('jo/phone'), 'owntracks/jo/phone')
    const id = `${'u'.repeat(40)}/${'d'.repeat(40)}`
    const long = await gateway.api.post('/tags', { ...made, id })
    expect(long).toMatchObject({ status: 400, body: { field: '/credentials', detail: expect.stringContaining('64') } })
    expect(() => broker.issueCertificate(id)).toThrow()
  })

  it('is not let in without one, with one of another authority, or as one of Cordon’s own accounts', async () => {
    await expect(join(broker.certificateUrl, { ...broker.admin })).rejects.toThrow()
    expect(() => broker.issueCertificate('cordon.gateway')).toThrow()
  })

  it('is disconnected within 2 s when it is revoked, and nothing that it publishes is taken any more', async () => {
    await gateway.api.post('/tags', { id: 'cert-3', credentials: 'certificate' })
    const tag = await present('cert-3')
    const closed = new Promise<void>(resolve => tag.once('close', () => resolve()))
    const before = performance.now()
    expect((await gateway.api.post('/tags/cert-3/revocation', REASON)).body.cutOff).toBe(true)
    await closed
    expect(performance.now() - before).toBeLessThan(2_000)
    // Mosquitto 2.0 lets it connect; see site/listeners.conf.
    const back = await present('cert-3')
    await expect(publish(back, fixes('cert-3'))).rejects.toMatchObject({ code: NOT_AUTHORIZED })
    await gateway.api.post('/tags/cert-3/reinstatement', REASON)
    await publish(await present('cert-3'), fixes('cert-3'))
  })

  it('cannot even connect once its certificate is on the list of the revoked', async () => {
    await gateway.api.post('/tags', { id: 'cert-4', credentials: 'certificate' })
    const certificate = broker.issueCertificate('cert-4')
    await join(broker.certificateUrl, certificate)
    broker.revokeCertificate('cert-4')
    await vi.waitFor(() => expect(join(broker.certificateUrl, certificate)).rejects.toThrow(), 10_000)
  })

  it('goes over from a password to a certificate, and the password ends', async () => {
    const { body: account } = await gateway.api.post('/tags', { id: 'cert-5' })
    const { username, password } = account
    const old = await join(broker.tlsUrl, { username, password })
    const closed = new Promise<void>(resolve => old.once('close', () => resolve()))
    const { body } = await gateway.api.post('/tags/cert-5/credentials', { credentials: 'certificate' })
    expect(body).not.toHaveProperty('password')
    await closed
    await expect(join(broker.tlsUrl, { username, password })).rejects.toThrow(/Not authorized/)
    await publish(await present('cert-5'), fixes('cert-5'))
  })
})
