import type { LiveProvisional, LiveSystem } from '@cordon/contract'
import { connectLive, type Live } from '@cordon/live'
import { createLogger, type RunningProcess } from '@cordon/runtime'
import {
  aMonitoredWearer,
  createTestDatabase,
  type MonitoredWearer,
  type Relay,
  startRelay,
  startTestBroker,
  type TestBroker,
  type TestDatabase,
  through,
} from '@cordon/testkit'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startIngest, until } from './testing/start-ingest.ts'

const RECEIVE_MAXIMUM = 20

let database: TestDatabase
let broker: TestBroker
let relay: Relay
let ingest: RunningProcess
let live: Live
let person: MonitoredWearer
let tag: MqttClient
let told: LiveProvisional | undefined
let beat: LiveSystem | undefined

/** The real process, which reaches its database over a stretch of network that the test cuts. */
beforeAll(async () => {
  ;[database, broker] = await Promise.all([createTestDatabase(), startTestBroker()])
  person = await aMonitoredWearer(database.store)
  relay = await startRelay(Number(new URL(database.url).port))
  const ingestEnv = { ...broker.ingestEnv, CORDON_RECEIVE_MAXIMUM: String(RECEIVE_MAXIMUM) }
  ingest = await startIngest({ ...database, url: through(relay, database.url) }, { ...broker, ingestEnv })
  const logger = createLogger({ name: 'test', level: 'silent' })
  live = await connectLive({ url: broker.url, ...broker.ingest, clientId: 'witness', logger })
  await live.onProvisional(message => {
    told = message
  })
  await live.onSystem(message => {
    beat = message
  })
  const credentials = await broker.addTag(person.tagId)
  tag = await connectAsync(broker.url, { ...credentials, clientId: credentials.username, protocolVersion: 4 })
}, 120_000)
afterAll(async () => {
  relay.set('carries')
  await tag.endAsync(true)
  await live.close()
  await ingest.stop()
  await relay.stop()
  await broker.stop()
  await database.drop()
})

const send = (kind: 'fixes' | 'events', message: object) =>
  tag.publishAsync(`cordon/v1/tags/${person.tagId}/${kind}`, JSON.stringify(message), { qos: 1 })
const fix = (seq: number) => ({ time: Date.now() - 60_000 + seq, seq, lon: -0.5, lat: 52.5, accuracy: 8 })
const count = async (sql: string) => Number((await database.store.query<{ n: string }>(sql))[0]?.n)

describe('an outage of the database, in a real process', () => {
  it('is outlasted: the breach is told at once, the full bound is said, and afterwards all is recorded, once', async () => {
    await send('fixes', fix(0))
    await until(async () => (await count('select count(*) as n from fixes')) === 1, 'the first fix is recorded')
    relay.set('refuses')
    await send('events', { time: Date.now(), seq: 900, type: 'strap-cut' })
    await until(() => told?.alerts.length === 1, 'the breach is told before it is recorded')
    const episodeId = told?.alerts[0]?.episodeId
    expect(told).toMatchObject({
      ingest: 'ingest-1',
      leftOut: 0,
      alerts: [{ kind: 'strap-tamper', wearerId: person.wearerId }],
    })
    await until(() => beat?.database === false && beat.sight?.provisional === 1, 'the heartbeat says so too')

    for (let seq = 1; seq <= 3 * RECEIVE_MAXIMUM; seq++) await send('fixes', fix(seq))
    await until(() => typeof beat?.sight?.fullSince === 'string', 'it says that it is full')
    // A broker of MQTT 3.1.1 knows no Receive Maximum: what came in the same read as the last one is held too, and no more after it.
    const held = beat?.inFlight
    expect(held).toBeGreaterThanOrEqual(RECEIVE_MAXIMUM)
    if (broker.ingest.protocolVersion === 5) expect(held).toBe(RECEIVE_MAXIMUM)
    for (let seq = 3 * RECEIVE_MAXIMUM + 1; seq < 6 * RECEIVE_MAXIMUM; seq++) await send('fixes', fix(seq))
    const sentAt = Date.now()
    await until(() => Date.parse(beat?.at ?? '') > sentAt, 'another heartbeat')
    expect(beat?.inFlight).toBe(held)
    const all = 6 * RECEIVE_MAXIMUM

    relay.set('carries')
    await until(async () => (await count('select count(*) as n from fixes')) === all, 'every fix is recorded')
    await until(() => told?.alerts.length === 0, 'nothing is provisional any more')
    await until(() => beat?.database === true && beat.sight?.fullSince === null, 'all is well again')
    const incidents = await database.store.query('select episode_id from incidents')
    expect(incidents).toEqual([{ episode_id: episodeId }])
    expect(await count('select count(*) as n from quarantine')).toBe(0)
  }, 120_000)
})
