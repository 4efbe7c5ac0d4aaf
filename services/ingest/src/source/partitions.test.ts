import { TOPICS } from '@cordon/contract'
import { partitionOf } from '@cordon/jetstream'
import type { RunningProcess } from '@cordon/runtime'
import {
  aMonitoredWearer,
  createTestDatabase,
  type MonitoredWearer,
  type NatsServer,
  realParts,
  startNatsServer,
  type TestDatabase,
} from '@cordon/testkit'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startIngest, until } from '../testing/start-ingest.ts'

const PARTITIONS = 4
const LEASE_MS = 3_000

let database: TestDatabase
let server: NatsServer
let wearers: readonly MonitoredWearer[]
let tags: readonly MqttClient[] = []
let processes: RunningProcess[]

beforeEach(async () => {
  processes = []
  database = await createTestDatabase()
  const people: MonitoredWearer[] = []
  for (let index = 0; index < 12; index++) people.push(await aMonitoredWearer(database.store))
  wearers = people
  const accounts = wearers.map(({ tagId }) => ({
    id: tagId,
    protocol: 'cordon' as const,
    password: `password-${tagId}`,
  }))
  server = await startNatsServer({ partitions: PARTITIONS, tags: accounts })
  await ingest('first')
  tags = await Promise.all(
    accounts.map(({ id, password }) =>
      connectAsync(server.mqttUrl, { username: id, password, clientId: id, protocolVersion: 4 }),
    ),
  )
}, 120_000)
afterEach(async () => {
  await Promise.all(tags.map(tag => tag.endAsync(true)))
  for (const { pid } of processes) signal(pid, 'SIGCONT')
  await Promise.all(processes.map(one => one.stop()))
  await server.stop()
  await database.drop()
}, 60_000)

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch {
    // it has gone already
  }
}

async function ingest(name: string): Promise<RunningProcess> {
  const { username, password } = server.live
  const started = await startIngest(database, {
    ingestEnv: {
      ...{ CORDON_MQTT_URL: server.mqttUrl, CORDON_MQTT_USERNAME: username, CORDON_MQTT_PASSWORD: password },
      ...{ CORDON_NATS_URL: server.url, CORDON_NATS_USERNAME: server.ingest.username },
      ...{ CORDON_NATS_PASSWORD: server.ingest.password, CORDON_NATS_REPLICAS: '1' },
      ...{ CORDON_NATS_PARTITIONS: String(PARTITIONS), CORDON_LEASE: `${LEASE_MS}ms`, CORDON_INGEST_NAME: name },
    },
  })
  processes.push(started)
  return started
}

let seq = 0
/** A fix of everybody. */
async function report() {
  seq++
  await Promise.all(
    tags.map((tag, index) =>
      tag.publishAsync(
        TOPICS.tagFixes(wearers[index]?.tagId ?? ''),
        JSON.stringify({ time: Date.now(), seq, lat: 52, lon: -1, accuracy: 8, source: 'gnss' }),
        { qos: 1 },
      ),
    ),
  )
}
const fixes = async () => {
  const [row] = await database.store.query<{ n: number }>('select count(*)::int as n from fixes')
  return row?.n ?? 0
}
const owners = async () =>
  (await database.store.query<{ owner: string | null }>('select owner from partition_leases order by partition')).map(
    ({ owner }) => owner?.split('.')[0] ?? null,
  )
const heldBy = async (name: string) => (await owners()).filter(owner => owner === name).length

describe.runIf(realParts.nats)('ingests on one NATS server', () => {
  it('share the partitions: one joins, one is killed, one leaves, and everything that was acknowledged is kept once', async () => {
    expect(await owners()).toEqual(['first', 'first', 'first', 'first'])
    expect(new Set(wearers.map(({ tagId }) => partitionOf(tagId, 'cordon', PARTITIONS))).size).toBeGreaterThan(1)
    await report()
    await until(async () => (await fixes()) === 12, 'the first keeps them')
    const second = await ingest('second')
    await until(async () => (await heldBy('second')) === 2, 'the second has its share')
    await report()
    await until(async () => (await fixes()) === 24, 'both keep them')
    await second.kill()
    await report()
    await until(async () => (await heldBy('first')) === 4, 'the first has all again')
    await until(async () => (await fixes()) === 36, 'and keeps what came meanwhile')
    await ingest('third')
    await until(async () => (await heldBy('third')) === 2, 'the third has its share')
    await report()
    await processes[0]?.stop()
    // nothing was waited for: a lease was given back
    await until(async () => (await heldBy('third')) === 4, 'the third has all', LEASE_MS)
    await report()
    await until(async () => (await fixes()) === 60, 'and keeps everything')
  }, 120_000)

  it('take over from one that hangs, and what it does when it goes on counts for nothing', async () => {
    const [first] = processes
    if (first === undefined) throw new Error('there is none')
    await report()
    await until(async () => (await fixes()) === 12, 'the first keeps them')
    await ingest('second')
    await until(async () => (await heldBy('second')) === 2, 'the second has its share')
    signal(first.pid, 'SIGSTOP')
    await report()
    await until(async () => (await heldBy('second')) === 4, 'the second has all')
    await until(async () => (await fixes()) === 24, 'and keeps what the first was sent')
    signal(first.pid, 'SIGCONT')
    await report()
    await until(async () => (await heldBy('first')) === 2, 'the first has a share again')
    await report()
    await until(async () => (await fixes()) === 48, 'everything is kept')
    const epochs = await database.store.query<{ epoch: string }>('select epoch from partition_leases')
    expect(epochs.every(({ epoch }) => Number(epoch) > 1)).toBe(true)
  }, 120_000)
})
