import { createLogger } from '@cordon/runtime'
import { type Mosquitto, startMosquitto } from '@cordon/testkit'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { tagTopics } from './account-topics.ts'
import { type BrokerAccounts, noBrokerAccounts } from './broker-accounts.ts'
import { createDynamicSecurityAccounts } from './dynamic-security.ts'

const logger = createLogger({ name: 'test', level: 'silent' })

describe.runIf(process.env.CORDON_TEST_MOSQUITTO === '1')('accounts in Mosquitto', () => {
  let broker: Mosquitto
  let accounts: BrokerAccounts
  let listener: MqttClient
  const heard: string[] = []
  const clients: MqttClient[] = []

  beforeAll(async () => {
    broker = await startMosquitto()
    accounts = await createDynamicSecurityAccounts({ url: broker.url, ...broker.admin, clientId: 'accounts', logger })
    listener = await connectAsync(broker.url, { ...broker.ingest, clientId: 'listener', protocolVersion: 5 })
    listener.on('message', (topic, payload) => heard.push(`${topic} ${payload.toString()}`))
    await listener.subscribeAsync(['cordon/v1/tags/+/fixes', 'owntracks/+/+', 'traccar/positions'], { qos: 1 })
  })
  afterEach(async () => {
    heard.length = 0
    await Promise.all(clients.splice(0).map(client => client.endAsync(true)))
  })
  afterAll(async () => {
    await accounts.close()
    await listener.endAsync(true)
    await broker.stop()
  })

  async function connect(username: string, password: string): Promise<MqttClient> {
    const settings = { username, password, clientId: username, protocolVersion: 5 as const, reconnectPeriod: 0 }
    const client = await connectAsync(broker.url, settings, false)
    clients.push(client)
    return client
  }
  const isTaken = async (client: MqttClient, topic: string) =>
    client.publishAsync(topic, 'x', { qos: 1 }).then(
      () => true,
      () => false,
    )

  it('lets a tag publish below its own id only, from the moment it is made', async () => {
    await accounts.putTag('tag-1', 'cordon', 'first-password')
    const tag = await connect('tag-1', 'first-password')
    expect(await isTaken(tag, 'cordon/v1/tags/tag-1/fixes')).toBe(true)
    expect(await isTaken(tag, 'cordon/v1/tags/tag-2/fixes')).toBe(false)
    expect(await isTaken(tag, 'cordon/v1/tags/tag-1/commands')).toBe(false)
    expect(await isTaken(tag, 'traccar/positions')).toBe(false)
    expect(heard).toEqual(['cordon/v1/tags/tag-1/fixes x'])
    const [granted] = await tag.subscribeAsync('cordon/v1/tags/tag-1/commands', { qos: 1 })
    expect(granted?.qos).toBe(1)
    await expect(tag.subscribeAsync('cordon/v1/tags/+/fixes', { qos: 1 })).rejects.toThrow()
  })

  it('keeps OwnTracks and forwarders to their topics, and a Traccar tag silent', async () => {
    await accounts.putTag('jo/phone', 'owntracks', 'owntracks-password')
    await accounts.putForwarder('one', 'traccar', 'forwarder-password')
    await accounts.putTag('8675309', 'traccar', 'traccar-password')
    const phone = await connect('jo/phone', 'owntracks-password')
    expect(await isTaken(phone, 'owntracks/jo/phone')).toBe(true)
    expect(await isTaken(phone, 'owntracks/jo/other')).toBe(false)
    const forwarder = await connect('forwarder.one', 'forwarder-password')
    expect(await isTaken(forwarder, 'traccar/positions')).toBe(true)
    expect(await isTaken(forwarder, 'owntracks/jo/phone')).toBe(false)
    const silent = await connect('8675309', 'traccar-password')
    expect(await isTaken(silent, 'traccar/positions')).toBe(false)
  })

  it('replaces a password and takes an account away, ending its connections', async () => {
    await accounts.putTag('tag-3', 'cordon', 'old-password')
    const tag = await connect('tag-3', 'old-password')
    const closed = new Promise<void>(resolve => tag.once('close', () => resolve()))
    await accounts.putTag('tag-3', 'cordon', 'new-password')
    await closed
    await expect(connect('tag-3', 'old-password')).rejects.toThrow()
    await connect('tag-3', 'new-password')
    await accounts.remove('tag-3')
    await accounts.remove('tag-3')
    await expect(connect('tag-3', 'new-password')).rejects.toThrow()
  })

  it('takes every right from a revoked account, ends its connection, and gives them back with the same password', async () => {
    await accounts.putTag('tag-5', 'cordon', 'its-password', 3)
    const tag = await connect('tag-5', 'its-password')
    const closed = new Promise<void>(resolve => tag.once('close', () => resolve()))
    await accounts.revoke('tag-5')
    await closed
    await expect(connect('tag-5', 'its-password')).rejects.toThrow()
    const shut = { publish: [], subscribe: [], version: 3, isEnabled: false, hasMore: false }
    expect(await accounts.read('tag-5')).toEqual(shut)
    expect((await accounts.readAll())?.get('tag-5')).toEqual(shut)
    expect(await accounts.reinstate('tag-5', tagTopics('tag-5', 'cordon'), 2)).toBe(false)
    expect(await accounts.reinstate('tag-5', tagTopics('tag-5', 'cordon'), 3)).toBe(true)
    expect(await isTaken(await connect('tag-5', 'its-password'), 'cordon/v1/tags/tag-5/fixes')).toBe(true)
    expect(await accounts.read('tag-5')).toMatchObject({ ...tagTopics('tag-5', 'cordon'), isEnabled: true })
  })

  it('knows that there is no such account, and how to revoke it all the same', async () => {
    await accounts.revoke('never-made')
    expect(await accounts.read('never-made')).toBeUndefined()
    expect(await accounts.reinstate('never-made', tagTopics('never-made', 'cordon'), 1)).toBe(false)
  })

  it('answers many at once, each with its own', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `many-${index}`)
    await Promise.all(ids.map(id => accounts.putTag(id, 'cordon', `password of ${id}`)))
    await connect('many-49', 'password of many-49')
  })

  it('is no account manager to somebody who may not be one', async () => {
    const impostor = await createDynamicSecurityAccounts({
      url: broker.url,
      ...broker.ingest,
      clientId: 'impostor',
      logger,
    }).catch((error: unknown) => error)
    if (impostor instanceof Error)
      return expect(impostor).toMatchObject({ message: expect.stringMatching(/subscri|authoriz|Unspecified/i) })
    await expect((impostor as BrokerAccounts).putTag('mine', 'cordon', 'password-1')).rejects.toMatchObject({
      code: 'broker-unavailable',
    })
    await (impostor as BrokerAccounts).close()
  })

  it('changes nothing behind the caller’s back when the broker was away', async () => {
    await accounts.putTag('tag-4', 'cordon', 'kept-password')
    await broker.kill()
    for (const deadline = Date.now() + 5_000; Date.now() < deadline; ) {
      const failed = await accounts.remove('tag-4').catch((error: unknown) => error)
      expect(failed).toMatchObject({ code: 'broker-unavailable' })
      if ((failed as Error).message.includes('is away')) break
    }
    await broker.restart()
    await connect('tag-4', 'kept-password')
  }, 30_000)
})

describe('a broker that asks the database', () => {
  it('needs no accounts', async () => {
    await noBrokerAccounts.putTag('t', 'cordon', 'p')
    await noBrokerAccounts.putForwarder('f', 'traccar', 'p')
    await noBrokerAccounts.revoke('t')
    await noBrokerAccounts.remove('t')
    expect(await noBrokerAccounts.reinstate('t', { publish: [], subscribe: [] }, 1)).toBe(true)
    expect(await noBrokerAccounts.readAll()).toBeNull()
    await expect(noBrokerAccounts.close()).resolves.toBeUndefined()
  })
})

describe('createDynamicSecurityAccounts', () => {
  it('says that there is no broker', async () => {
    const made = createDynamicSecurityAccounts({
      url: 'mqtt://127.0.0.1:1',
      username: 'u',
      password: 'p',
      clientId: 'c',
      logger,
    })
    await expect(made).rejects.toMatchObject({ code: 'broker-unavailable' })
  })
})
