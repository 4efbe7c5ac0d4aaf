import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect, connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { realParts } from './real-parts.ts'
import { type BrokerAccount, type Mosquitto, startMosquitto } from './start-mosquitto.ts'

/** The result of a SUBACK for a subscription that the broker refuses. */
const REFUSED = 0x80
/** MQTT 5: PUBACK and CONNACK reason codes. */
const NOT_AUTHORIZED = 135

function nextMessage(client: MqttClient): Promise<{ readonly topic: string; readonly text: string }> {
  return new Promise(resolve =>
    client.once('message', (topic, payload) => resolve({ topic, text: payload.toString() })),
  )
}

/** The granted QoS, or `REFUSED`. mqtt.js turns a refusal into an error of its own. */
async function subscribeResult(client: MqttClient, topic: string): Promise<number> {
  const suback = new Promise<number>(resolve => {
    client.on('packetreceive', packet => packet.cmd === 'suback' && resolve(Number(packet.granted[0])))
  })
  client.subscribe(topic, { qos: 1 }, () => undefined)
  return suback
}

// Needs Debian's mosquitto; CI sets the variable, `npm test` alone runs on the embedded parts.
describe.runIf(realParts.mosquitto)('Mosquitto with the configuration of deploy/', () => {
  let broker: Mosquitto
  const clients: MqttClient[] = []

  const join = async (url: string, account?: BrokerAccount, options: IClientOptions = {}) => {
    const client = await connectAsync(url, {
      ...account,
      clientId: randomUUID(),
      ca: readFileSync(broker.caFile),
      reconnectPeriod: 0,
      ...options,
    })
    client.on('error', () => undefined)
    clients.push(client)
    return client
  }

  /** Makes an account as the gateway does: a role that names the tag's own topics, and the client that holds it. */
  const createTag = async (id: string): Promise<BrokerAccount> => {
    const gateway = await join(broker.url, broker.admin)
    const account = { username: id, password: `password-of-${id}` }
    const own = (kind: string) => `cordon/v1/tags/${id}/${kind}`
    const acls = [
      ...['fixes', 'events', 'status', 'acks'].map(kind => ({
        acltype: 'publishClientSend',
        topic: own(kind),
        allow: true,
      })),
      { acltype: 'subscribeLiteral', topic: own('commands'), allow: true },
      { acltype: 'publishClientReceive', topic: own('commands'), allow: true },
    ]
    const commands = [
      { command: 'createRole', rolename: id, acls },
      { command: 'createClient', ...account, roles: [{ rolename: id }] },
    ]
    await gateway.subscribeAsync('$CONTROL/dynamic-security/v1/response', { qos: 1 })
    const answer = nextMessage(gateway)
    await gateway.publishAsync('$CONTROL/dynamic-security/v1', JSON.stringify({ commands }), { qos: 1 })
    expect(JSON.parse((await answer).text)).toEqual({
      responses: [{ command: 'createRole' }, { command: 'createClient' }],
    })
    return account
  }

  beforeAll(async () => {
    broker = await startMosquitto()
  })
  afterEach(async () => {
    await Promise.all(clients.splice(0).map(client => client.endAsync(true)))
  })
  afterAll(() => broker.stop())

  it('takes what a tag publishes to its own topics over TLS, and gives it to ingest', async () => {
    const account = await createTag('tag-1')
    const ingest = await join(broker.url, broker.ingest)
    await ingest.subscribeAsync('cordon/v1/tags/+/fixes', { qos: 1 })
    const received = nextMessage(ingest)
    const tag = await join(broker.tlsUrl, account)
    await tag.publishAsync('cordon/v1/tags/tag-1/fixes', '{"n":1}', { qos: 1 })
    expect(await received).toEqual({ topic: 'cordon/v1/tags/tag-1/fixes', text: '{"n":1}' })
  })

  it('refuses what a tag publishes for another tag, in words and in deed', async () => {
    await createTag('victim')
    const spoofer = await createTag('spoofer')
    const ingest = await join(broker.url, broker.ingest)
    await ingest.subscribeAsync('cordon/v1/tags/+/fixes', { qos: 1 })
    const first = nextMessage(ingest)
    const tag = await join(broker.tlsUrl, spoofer, { protocolVersion: 5 })
    await expect(tag.publishAsync('cordon/v1/tags/victim/fixes', '{}', { qos: 1 })).rejects.toMatchObject({
      code: NOT_AUTHORIZED,
    })
    await tag.publishAsync('cordon/v1/tags/spoofer/fixes', '{}', { qos: 1 })
    expect((await first).topic).toBe('cordon/v1/tags/spoofer/fixes')
  })

  it('lets a tag subscribe to its own commands and to nothing else', async () => {
    const account = await createTag('listener')
    await createTag('overheard')
    const tag = await join(broker.tlsUrl, account)
    const grant = async (topic: string) => subscribeResult(tag, topic)
    expect(await grant('cordon/v1/tags/listener/commands')).toBe(1)
    for (const topic of [
      'cordon/v1/tags/overheard/commands',
      'cordon/v1/tags/+/fixes',
      'cordon/v1/live/#',
      '#',
      '$CONTROL/#',
    ]) {
      expect(await grant(topic), topic).toBe(REFUSED)
    }
  })

  it('refuses a wrong password, an unknown name and a client without one', async () => {
    const wrong = { ...broker.admin, password: 'wrong' }
    for (const url of [broker.url, broker.tlsUrl]) {
      await expect(join(url, wrong)).rejects.toThrow(/Not authorized/)
      await expect(join(url, { username: 'nobody', password: 'x' })).rejects.toThrow(/Not authorized/)
      await expect(join(url)).rejects.toThrow(/Not authorized/)
    }
  })

  it('does not let a tag take over the session of ingest by its client id', async () => {
    const account = await createTag('thief')
    const ingest = await join(broker.url, broker.ingest, { clientId: 'cordon.ingest' })
    let isTakenOver = false
    ingest.on('close', () => {
      isTakenOver = true
    })
    const tag = await join(broker.tlsUrl, account, { clientId: 'cordon.ingest' })
    await tag.publishAsync('cordon/v1/tags/thief/fixes', '{}', { qos: 1 })
    expect(isTakenOver).toBe(false)
  })

  it('gives ingest no right to make accounts, and the gateway none to publish as a tag', async () => {
    const ingest = await join(broker.url, broker.ingest, { protocolVersion: 5 })
    const gateway = await join(broker.url, broker.admin, { protocolVersion: 5 })
    const refusal = { code: NOT_AUTHORIZED }
    await expect(ingest.publishAsync('$CONTROL/dynamic-security/v1', '{}', { qos: 1 })).rejects.toMatchObject(refusal)
    await expect(gateway.publishAsync('cordon/v1/tags/any/fixes', '{}', { qos: 1 })).rejects.toMatchObject(refusal)
    await gateway.publishAsync('cordon/v1/tags/any/commands', '{}', { qos: 1 })
    await gateway.publishAsync('cordon/v1/live/configuration', '{}', { qos: 1 })
  })

  it('speaks TLS 1.2 and newer with a certificate that its authority signed', async () => {
    const port = new URL(broker.tlsUrl).port
    const args = [
      's_client',
      '-connect',
      `127.0.0.1:${port}`,
      '-CAfile',
      broker.caFile,
      '-verify_return_error',
      '-verify_hostname',
      'localhost',
    ]
    const speak = (version: string) =>
      execFileSync('openssl', [...args, version], { input: '', stdio: 'pipe' }).toString()
    expect(speak('-tls1_3')).toMatch(/Verify return code: 0/)
    expect(speak('-tls1_2')).toMatch(/Verify return code: 0/)
    expect(() => speak('-tls1_1')).toThrow()
  })

  it('keeps accounts and a session’s queue through a restart', async () => {
    const account = await createTag('keeper')
    const session = { clientId: 'cordon.ingest-restart', clean: false }
    const ingest = await join(broker.url, broker.ingest, session)
    await ingest.subscribeAsync('cordon/v1/tags/keeper/fixes', { qos: 1 })
    await ingest.endAsync()
    const tag = await join(broker.tlsUrl, account)
    await tag.publishAsync('cordon/v1/tags/keeper/fixes', '{"kept":true}', { qos: 1 })
    await broker.restart()
    const again = connect(broker.url, { ...broker.ingest, ...session, reconnectPeriod: 0 })
    clients.push(again)
    expect((await nextMessage(again)).text).toBe('{"kept":true}')
    await join(broker.tlsUrl, account)
  })

  it('starts again after a kill', async () => {
    await broker.kill()
    await expect(join(broker.url, broker.admin)).rejects.toThrow()
    await broker.restart()
    await join(broker.url, broker.admin)
  })
})
