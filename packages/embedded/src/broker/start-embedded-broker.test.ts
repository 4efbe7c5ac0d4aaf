import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect as connectSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@cordon/runtime'
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type EmbeddedBrokerOptions, startEmbeddedBroker } from './start-embedded-broker.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const cleanUps: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function newDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'cordon-broker-'))
  cleanUps.push(() => rmSync(dir, { recursive: true, force: true }))
  return join(dir, 'broker')
}

/** Not a claim about time: it ends as soon as the check holds, and a busy machine gets the time that it needs. */
function eventually(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 25_000, interval: 5 })
}

// The account is the user's name. `ingest` may do everything, a tag only what lies below its own id.
const rules = {
  authenticate: async (_clientId: string, username: string, password: string) =>
    password === 'right' ? { ok: true as const, account: username } : { ok: false as const },
  authorizePublish: (account: string, topic: string) => account === 'ingest' || topic.startsWith(`tags/${account}/`),
  authorizeSubscribe: (account: string, filter: string) =>
    account === 'ingest' || filter.startsWith(`tags/${account}/`),
}

async function startBroker(options: Partial<EmbeddedBrokerOptions<string>> = {}) {
  const broker = await startEmbeddedBroker({ host: '127.0.0.1', port: 0, logger, ...rules, ...options })
  cleanUps.push(() => broker.stop())
  return broker
}

async function connect(url: string, clientId: string, options: IClientOptions = {}): Promise<MqttClient> {
  const account = { clientId, username: clientId, password: 'right' }
  const client = await mqtt.connectAsync(url, { protocolVersion: 4, reconnectPeriod: 0, ...account, ...options }, false)
  client.on('error', () => undefined)
  cleanUps.push(() => client.endAsync(true))
  return client
}

/** The next event of a client, with what it brings. */
function next(client: MqttClient, event: 'close' | 'connect' | 'message'): Promise<unknown[]> {
  return new Promise(resolve => client.once(event, (...values: unknown[]) => resolve(values)))
}

interface IngestOptions extends IClientOptions {
  /** Acknowledges no message. */
  readonly handleNothing?: boolean
}

/** Connects `ingest` with a session that is kept. What was kept comes with the connection, so it listens from the start. */
async function connectIngest(url: string, { handleNothing = false, ...options }: IngestOptions = {}) {
  const received: string[] = []
  const account = { clientId: 'ingest', username: 'ingest', password: 'right' }
  const client = mqtt.connect(url, { protocolVersion: 4, reconnectPeriod: 0, clean: false, ...account, ...options })
  // The client acknowledges a message when this has called back.
  if (handleNothing) client.handleMessage = () => undefined
  client.on('message', (_topic, payload) => received.push(payload.toString()))
  client.on('error', () => undefined)
  cleanUps.push(() => client.endAsync(true))
  await next(client, 'connect')
  return { client, received }
}

const TOPIC = 'tags/T1/fixes'

async function publish(client: MqttClient, ...payloads: (string | number)[]): Promise<void> {
  await Promise.all(payloads.map(payload => client.publishAsync(TOPIC, String(payload), { qos: 1 })))
}

/** Leaves a session of `ingest` with these messages in it. */
async function leaveMessages(url: string, ...payloads: (string | number)[]): Promise<void> {
  const { client } = await connectIngest(url)
  await client.subscribeAsync('tags/+/fixes', { qos: 1 })
  await client.endAsync()
  const tag = await connect(url, 'T1')
  await publish(tag, ...payloads)
  await tag.endAsync()
}

describe('who may do what at the embedded broker', () => {
  it('refuses a wrong password and counts it', async () => {
    const broker = await startBroker()
    await expect(connect(broker.url, 'T1', { password: 'wrong' })).rejects.toThrow(/Not authorized/)
    expect(broker.stats().refusedConnections).toBe(1)
    expect(broker.connections()).toBe(0)
  })

  it('answers "server unavailable" when the account cannot be looked up', async () => {
    const broker = await startBroker({ authenticate: () => Promise.reject(new Error('no database')) })
    await expect(connect(broker.url, 'T1')).rejects.toThrow(/Server unavailable/)
  })

  it('disconnects a tag that publishes for another, unacknowledged, and passes nothing on', async () => {
    const broker = await startBroker()
    const { client, received } = await connectIngest(broker.url)
    await client.subscribeAsync('#', { qos: 1 })
    const tag = await connect(broker.url, 'T2')
    const closed = next(tag, 'close')
    const acknowledged = vi.fn()
    tag.publish(TOPIC, 'forged', { qos: 1 }, error => error ?? acknowledged())
    await closed
    await publish(await connect(broker.url, 'T1'), 'true')
    await eventually(() => expect(received).toEqual(['true']))
    expect(acknowledged).not.toHaveBeenCalled()
    expect(broker.stats().refusedPublishes).toBe(1)
  })

  it('lets nobody publish to the topics of the broker itself', async () => {
    const broker = await startBroker()
    const { client } = await connectIngest(broker.url)
    client.publish('$SYS/forged', 'x', { qos: 0 })
    await next(client, 'close')
    expect(broker.stats().refusedPublishes).toBe(1)
  })

  it('refuses a client whose last will it may not publish', async () => {
    const broker = await startBroker()
    const will = { topic: 'tags/T1/status', payload: Buffer.from('gone'), qos: 1, retain: true } as const
    await expect(connect(broker.url, 'T2', { will })).rejects.toThrow(/Not authorized/)
    await expect(connect(broker.url, 'T1', { will })).resolves.toBeDefined()
  })

  it('refuses a filter alone, and keeps nothing for it, when another one beside it is allowed', async () => {
    const broker = await startBroker()
    const spy = await connect(broker.url, 'T2', { clean: false })
    const granted = await spy
      .subscribeAsync({ 'tags/T2/commands': { qos: 1 }, 'tags/+/fixes': { qos: 1 } })
      .catch(() => [])
    expect(granted).toEqual([])
    await spy.endAsync()
    await publish(await connect(broker.url, 'T1'), 'private')
    expect(broker.stats()).toMatchObject({ refusedSubscriptions: 1, persistentSessions: 1, queuedBytes: 0 })
  })

  it('disconnects the accounts that it is told to', async () => {
    const broker = await startBroker()
    const [tag, other] = [await connect(broker.url, 'T1'), await connect(broker.url, 'T2')]
    const closed = next(tag, 'close')
    expect(broker.disconnect(account => account === 'T1')).toBe(1)
    await closed
    expect(other.connected).toBe(true)
    expect(broker.connections()).toBe(1)
  })

  it('refuses a client that insists on MQTT 5', async () => {
    const broker = await startBroker()
    await expect(connect(broker.url, 'T1', { protocolVersion: 5 })).rejects.toThrow()
  })
})

describe('the limits of the embedded broker', () => {
  it('closes a connection that announces a larger packet, before it has said who it is', async () => {
    const broker = await startBroker({ limits: { maxPacketBytes: 1_000 } })
    const socket = connectSocket(broker.port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]))
    await once(socket, 'close')
    const tag = await connect(broker.url, 'T1')
    await publish(tag, 'x'.repeat(900))
    tag.publish(TOPIC, 'x'.repeat(1_000), { qos: 1 })
    await next(tag, 'close')
    expect(broker.stats().oversizedPackets).toBe(2)
  })

  it('closes a connection too many', async () => {
    const broker = await startBroker({ limits: { maxConnections: 1 } })
    await connect(broker.url, 'T1')
    await expect(connect(broker.url, 'T2')).rejects.toThrow()
    expect(broker.stats().surplusConnections).toBe(1)
  })

  it('closes a connection that says nothing', async () => {
    const broker = await startBroker({ limits: { connectTimeoutMs: 20 } })
    const socket = connectSocket(broker.port, '127.0.0.1')
    socket.on('error', () => undefined)
    await once(socket, 'close')
  })

  it('refuses a keep-alive that is too long', async () => {
    const broker = await startBroker({ limits: { maxKeepaliveS: 60 } })
    await expect(connect(broker.url, 'T1', { keepalive: 61 })).rejects.toThrow()
    await expect(connect(broker.url, 'T1', { keepalive: 60 })).resolves.toBeDefined()
  })

  it('does not acknowledge what has no room, disconnects in the end, and lost nothing when there is room again', async () => {
    const broker = await startBroker({ limits: { maxQueuedMessages: 3, fullWaitMs: 50 } })
    await leaveMessages(broker.url, 1, 2, 3)
    const tag = await connect(broker.url, 'T1')
    const acknowledged = vi.fn()
    tag.publish(TOPIC, '4', { qos: 1 }, error => error ?? acknowledged())
    await next(tag, 'close')
    expect(acknowledged).not.toHaveBeenCalled()
    expect(broker.stats().withheldPublishes).toBe(1)

    const { received } = await connectIngest(broker.url)
    await eventually(() => expect(received).toEqual(['1', '2', '3']))
    await publish(await connect(broker.url, 'T1'), 4)
    await eventually(() => expect(received).toEqual(['1', '2', '3', '4']))
  })

  it('acknowledges a waiting publisher as soon as there is room', async () => {
    const broker = await startBroker({ limits: { maxQueuedBytes: 1_000, fullWaitMs: 60_000 } })
    await leaveMessages(broker.url, 1, 2, 3, 4)
    const tag = await connect(broker.url, 'T1')
    const published = publish(tag, 5, 6, 7, 8)
    const { received } = await connectIngest(broker.url)
    await published
    await eventually(() => expect(received.toSorted()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']))
    await eventually(() => expect(broker.stats().queuedBytes).toBe(0))
  })

  it('refuses more persistent sessions and more retained messages than allowed', async () => {
    const broker = await startBroker({ limits: { maxSessions: 1, maxRetained: 1 } })
    const { client } = await connectIngest(broker.url)
    await client.subscribeAsync('a', { qos: 1 })
    await client.publishAsync('a', 'x', { qos: 1, retain: true })
    await client.publishAsync('a', 'y', { qos: 1, retain: true })
    const other = await connect(broker.url, 'T1', { clean: false })
    other.subscribe('tags/T1/commands', { qos: 1 })
    await next(other, 'close')
    client.publish('b', 'x', { qos: 1, retain: true })
    await next(client, 'close')
    expect(broker.stats()).toMatchObject({ persistentSessions: 1, retained: 1 })
  })
})

describe.each([
  ['in memory', () => undefined],
  ['on disk', newDir],
])('messages of the embedded broker, kept %s', (_where, makeDir) => {
  const start = (limits = {}) => {
    const persistenceDir = makeDir()
    return startBroker({ limits, ...(persistenceDir === undefined ? {} : { persistenceDir }) })
  }

  it('reach a subscriber in order, each once, and are forgotten when acknowledged', async () => {
    const broker = await start()
    const { client, received } = await connectIngest(broker.url)
    await client.subscribeAsync('tags/+/fixes', { qos: 1 })
    const sent = Array.from({ length: 2_000 }, (_, n) => String(n))
    await publish(await connect(broker.url, 'T1'), ...sent)
    await eventually(() => expect(received).toHaveLength(2_000))
    expect(received).toEqual(sent)
    await eventually(() => expect(broker.stats().queuedBytes).toBe(0))
  })

  it('wait for a session that is away, come in order, and come again until they are acknowledged', async () => {
    const broker = await start()
    await leaveMessages(broker.url, 1, 2, 3)
    // Takes the messages and acknowledges none.
    const first = await connectIngest(broker.url, { handleNothing: true })
    await eventually(() => expect(first.received.length).toBeGreaterThan(0))
    await first.client.endAsync(true)
    const second = await connectIngest(broker.url)
    await eventually(() => expect(second.received).toEqual(['1', '2', '3']))
    await eventually(() => expect(broker.stats().queuedBytes).toBe(0))
  })

  it('end with a session that is begun anew', async () => {
    const broker = await start()
    await leaveMessages(broker.url, 1, 2, 3)
    const { received, client } = await connectIngest(broker.url, { clean: true })
    await client.subscribeAsync('tags/+/fixes', { qos: 1 })
    await publish(await connect(broker.url, 'T1'), 4)
    await eventually(() => expect(received).toEqual(['4']))
    expect(broker.stats()).toMatchObject({ persistentSessions: 0, queuedBytes: 0 })
  })

  it('come to every session that wants them, also while retained ones are published beside them', async () => {
    const broker = await start()
    const one = await connectIngest(broker.url)
    await one.client.subscribeAsync('tags/#', { qos: 1 })
    const two = await connect(broker.url, 'other', { clean: true, username: 'ingest' })
    const seen: string[] = []
    two.on('message', (_topic, payload) => seen.push(payload.toString()))
    await two.subscribeAsync('tags/#', { qos: 0 })
    const tag = await connect(broker.url, 'T1')
    const sent = Array.from({ length: 300 }, (_, n) => String(n))
    await Promise.all(
      sent.map((payload, n) =>
        tag.publishAsync(`tags/T1/${n % 7}`, payload, { qos: n % 2 === 0 ? 1 : 0, retain: n % 3 === 0 }),
      ),
    )
    const sorted = sent.toSorted()
    await eventually(() => expect([one.received.toSorted(), seen.toSorted()]).toEqual([sorted, sorted]))
  })

  it('are sent as a will when a client is lost, and not when it leaves', async () => {
    const broker = await start()
    const { client, received } = await connectIngest(broker.url)
    await client.subscribeAsync('tags/+/status', { qos: 1 })
    const will = { topic: 'tags/T1/status', payload: Buffer.from('lost'), qos: 1, retain: true } as const
    const polite = await connect(broker.url, 'T1', { will })
    await polite.endAsync()
    const lost = await connect(broker.url, 'T1', { will })
    lost.stream.destroy()
    await eventually(() => expect(received).toEqual(['lost']))
    const late = await connect(broker.url, 'late', { username: 'ingest' })
    const retained = next(late, 'message')
    await late.subscribeAsync('tags/+/status', { qos: 1 })
    expect(String((await retained)[1])).toBe('lost')
  })
})

interface BrokerProcess {
  readonly child: ChildProcess
  readonly url: string
}

/** A broker in a process of its own, that can be killed. */
async function startProcess(dir: string): Promise<BrokerProcess> {
  const program = `
    import { createLogger } from '@cordon/runtime'
    import { startEmbeddedBroker } from './start-embedded-broker.ts'
    const broker = await startEmbeddedBroker({
      host: '127.0.0.1', port: 0, persistenceDir: ${JSON.stringify(dir)},
      logger: createLogger({ name: 'child', level: 'silent' }),
      authenticate: async (clientId, username) => ({ ok: true, account: username }),
      authorizePublish: () => true, authorizeSubscribe: () => true,
    })
    process.stdout.write(broker.url)`
  const flags = ['--conditions=@cordon/source', '--import=tsx', '--input-type=module', '--eval', program]
  const child = spawn(process.execPath, flags, { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] })
  cleanUps.push(() => child.kill('SIGKILL'))
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, url: chunk.toString('utf8') }
}

async function kill({ child }: BrokerProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'close')
}

describe('a restart of the embedded broker', () => {
  it('keeps sessions, messages and retained messages through a clean stop', async () => {
    const persistenceDir = newDir()
    const first = await startBroker({ persistenceDir })
    await leaveMessages(first.url, 1, 2, 3)
    const tag = await connect(first.url, 'T1')
    await tag.publishAsync('tags/T1/status', 'online', { qos: 1, retain: true })
    await first.stop()
    const second = await startBroker({ persistenceDir })
    expect(second.stats()).toMatchObject({ persistentSessions: 1, retained: 1 })
    const { client, received } = await connectIngest(second.url)
    await eventually(() => expect(received).toEqual(['1', '2', '3']))
    await publish(await connect(second.url, 'T1'), 4)
    await client.subscribeAsync('tags/+/status', { qos: 1 })
    await eventually(() => expect(received).toEqual(['1', '2', '3', '4', 'online']))
  })

  it('loses no acknowledged message when it is killed in full flow, again and again', {
    timeout: 180_000,
  }, async () => {
    const dir = newDir()
    const acknowledged: string[] = []
    const received = new Set<string>()
    let count = 0
    for (let round = 0; round < 3; round += 1) {
      const broker = await startProcess(dir)
      const reader = await connectIngest(broker.url)
      reader.client.on('message', (_topic, payload) => received.add(payload.toString()))
      for (const payload of reader.received) received.add(payload)
      await reader.client.subscribeAsync('tags/+/fixes', { qos: 1 })
      // In the second round nobody reads, in the others the reader is killed off with the broker.
      if (round === 1) await reader.client.endAsync()
      const tag = await connect(broker.url, 'T1')
      const enough = acknowledged.length + 200
      for (let sent = 0; sent < 2_000; sent += 1) {
        const payload = String(count++)
        tag.publish(TOPIC, payload, { qos: 1 }, error => error ?? acknowledged.push(payload))
      }
      await eventually(() => expect(acknowledged.length).toBeGreaterThan(enough))
      await kill(broker)
      await tag.endAsync(true)
    }
    const broker = await startProcess(dir)
    const { received: last } = await connectIngest(broker.url)
    await eventually(() => {
      const read = new Set([...received, ...last])
      expect(acknowledged.filter(payload => !read.has(payload))).toEqual([])
    })
    expect(acknowledged.length).toBeGreaterThan(600)
  })
})

describe('the start of the embedded broker', () => {
  it('says plainly that its port is in use', async () => {
    const { port } = await startBroker()
    await expect(startBroker({ port })).rejects.toThrow(`port ${port} on 127.0.0.1 is in use`)
  })

  it('says plainly that another process uses its directory', async () => {
    const persistenceDir = newDir()
    await startBroker({ persistenceDir })
    await expect(startBroker({ persistenceDir })).rejects.toMatchObject({ code: 'data-dir-in-use' })
  })

  it('stops with clients connected, twice without harm', async () => {
    const broker = await startBroker({ persistenceDir: newDir() })
    const tag = await connect(broker.url, 'T1')
    const closed = next(tag, 'close')
    const silent = connectSocket(broker.port, '127.0.0.1')
    await once(silent, 'connect')
    await Promise.all([broker.stop(), broker.stop()])
    await closed
    await expect(connect(broker.url, 'T1')).rejects.toThrow()
  })
})
