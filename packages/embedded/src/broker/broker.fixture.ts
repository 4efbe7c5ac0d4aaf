import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@cordon/runtime'
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import { vi } from 'vitest'
import { type EmbeddedBrokerOptions, startEmbeddedBroker } from './start-embedded-broker.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const cleanUps: (() => unknown)[] = []

/** To be called after each test: stops in reverse what the test has started. */
export async function cleanUpAll(): Promise<void> {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
}

export function afterThisTest(cleanUp: () => unknown): void {
  cleanUps.push(cleanUp)
}

export function newDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'cordon-broker-'))
  cleanUps.push(() => rmSync(dir, { recursive: true, force: true }))
  return join(dir, 'broker')
}

/** Not a claim about time: it ends as soon as the check holds, and a busy machine gets the time that it needs. */
export function eventually(check: () => void): Promise<void> {
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

export async function startBroker(options: Partial<EmbeddedBrokerOptions<string>> = {}) {
  const broker = await startEmbeddedBroker({ host: '127.0.0.1', port: 0, logger, ...rules, ...options })
  cleanUps.push(() => broker.stop())
  return broker
}

export async function connect(url: string, clientId: string, options: IClientOptions = {}): Promise<MqttClient> {
  const account = { clientId, username: clientId, password: 'right' }
  const client = await mqtt.connectAsync(url, { protocolVersion: 4, reconnectPeriod: 0, ...account, ...options }, false)
  client.on('error', () => undefined)
  cleanUps.push(() => client.endAsync(true))
  return client
}

/** The next event of a client, with what it brings. */
export function next(client: MqttClient, event: 'close' | 'connect' | 'message'): Promise<unknown[]> {
  return new Promise(resolve => client.once(event, (...values: unknown[]) => resolve(values)))
}

interface IngestOptions extends IClientOptions {
  /** Acknowledges no message. */
  readonly handleNothing?: boolean
}

/** Connects `ingest` with a session that is kept. What was kept comes with the connection, so it listens from the start. */
export async function connectIngest(url: string, { handleNothing = false, ...options }: IngestOptions = {}) {
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

export const TOPIC = 'tags/T1/fixes'

export async function publish(client: MqttClient, ...payloads: (string | number)[]): Promise<void> {
  await Promise.all(payloads.map(payload => client.publishAsync(TOPIC, String(payload), { qos: 1 })))
}

/** Leaves a session of `ingest` with these messages in it. */
export async function leaveMessages(url: string, ...payloads: (string | number)[]): Promise<void> {
  const { client } = await connectIngest(url)
  await client.subscribeAsync('tags/+/fixes', { qos: 1 })
  await client.endAsync()
  const tag = await connect(url, 'T1')
  await publish(tag, ...payloads)
  await tag.endAsync()
}
