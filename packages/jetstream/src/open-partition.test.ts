import { type TagProtocol, TOPICS } from '@cordon/contract'
import { createLogger, sleep, systemClock } from '@cordon/runtime'
import { type NatsServer, type NatsTag, realParts, startNatsServer } from '@cordon/testkit'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectNats, type NatsLink } from './connect-nats.ts'
import { ensureStream } from './ensure-stream.ts'
import { openPartition, type Partition, type PartitionMessage } from './open-partition.ts'
import { partitionOf } from './partition-of.ts'
import { markPartition, purgeAcknowledged } from './purge-acknowledged.ts'
import { MQTT_STREAM } from './subjects.ts'

const PARTITIONS = 4
const logger = createLogger({ name: 'test', level: 'silent' })
const aTag = (id: string, protocol: TagProtocol = 'cordon') => ({
  id,
  protocol,
  password: `password-of-${id}`,
})
const TAG = aTag('tag-1')
const FIXES = TOPICS.tagFixes(TAG.id)
const OWN = partitionOf(TAG.id, 'cordon', PARTITIONS)
const MANY = [
  ...Array.from({ length: 40 }, (_, index) => aTag(`A-${index}_x`)),
  ...Array.from({ length: 20 }, (_, index) => aTag(`jo${index}/phone-${index}`, 'owntracks')),
]

let server: NatsServer
let link: NatsLink
let clients: MqttClient[]
let opened: Partition[]

beforeEach(async () => {
  clients = []
  opened = []
  server = await startNatsServer({ partitions: PARTITIONS, tags: [TAG, ...MANY] })
  link = await connect()
  await ensureStream(link, { replicas: 1, maxMessages: 1_000 }, logger)
})
afterEach(async () => {
  for (const client of clients) client.end(true)
  await Promise.all(opened.map(partition => partition.stop()))
  await link.stop()
  await server.stop()
})

const connect = () => connectNats({ servers: [server.url], ...server.ingest, name: 'test', logger })

async function aClient({ id, password }: NatsTag): Promise<MqttClient> {
  const settings = { username: id, password, clientId: id, protocolVersion: 4 as const, reconnectPeriod: 0 }
  const client = await connectAsync(server.mqttUrl, settings, false)
  client.on('error', () => undefined)
  clients.push(client)
  return client
}

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const deadline = Date.now() + 15_000; !(await isSo()); await sleep(20))
    if (Date.now() > deadline) throw new Error(`it did not happen that ${what}: ${server.log().slice(-1500)}`)
}

interface Reading {
  readonly partition: Partition
  readonly got: PartitionMessage[]
  readonly readings: number[]
  readonly lost: Error[]
  readonly texts: () => readonly string[]
}

function read(partition: number, epoch: number, maxPending = 500): Reading {
  const got: PartitionMessage[] = []
  const readings: number[] = []
  const lost: Error[] = []
  const opening = openPartition({
    ...{ link, partition, epoch, maxPending, logger, clock: systemClock, random: Math.random },
    onMessage: message => got.push(message),
    onReading: reading => readings.push(reading),
    onLost: reason => lost.push(reason),
  })
  opened.push(opening)
  return {
    partition: opening,
    got,
    readings,
    lost,
    texts: () => got.map(({ payload }) => Buffer.from(payload).toString()),
  }
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `message ${from + index}`)
async function publish(tag: MqttClient, texts: readonly string[]) {
  for (const text of texts) await tag.publishAsync(FIXES, text, { qos: 1 })
}
const stored = async () => (await link.manager.streams.info(MQTT_STREAM)).state

describe.runIf(realParts.nats)('a partition of the tags’ stream', () => {
  it('is the one that the server’s own partition() gives, for every kind of tag', async () => {
    const readers = Array.from({ length: PARTITIONS }, (_, partition) => read(partition, 1))
    for (const tag of MANY) {
      const client = await aClient(tag)
      await client.publishAsync(
        tag.protocol === 'owntracks' ? TOPICS.owntracks(tag.id) : TOPICS.tagFixes(tag.id),
        'x',
        {
          qos: 1,
        },
      )
      await client.endAsync()
    }
    await until(() => readers.reduce((sum, { got }) => sum + got.length, 0) === MANY.length, 'all have come')
    for (const { id, protocol } of MANY) {
      const topic = protocol === 'owntracks' ? TOPICS.owntracks(id) : TOPICS.tagFixes(id)
      const where = readers.findIndex(({ got }) => got.some(message => message.topic === topic))
      expect([id, where]).toEqual([id, partitionOf(id, protocol, PARTITIONS)])
    }
    expect(readers.every(({ got }) => got.length > 0)).toBe(true)
  })

  it('gives to the next owner, at once and in order, what the last one had not acknowledged', async () => {
    const tag = await aClient(TAG)
    const first = read(OWN, 1)
    await publish(tag, numbered(0, 20))
    await until(() => first.got.length === 20, 'the first has read them')
    // the third is kept before the second: only what has no gap before it counts
    first.partition.acknowledge(first.got.slice(0, 1))
    first.partition.acknowledge(first.got.slice(2, 3))
    await link.flush()
    const second = read(OWN, 2)
    await until(() => second.got.length >= 19, 'the second has read them')
    await publish(tag, numbered(20, 25))
    await until(() => second.got.length >= 24, 'and what comes then')
    expect(second.texts()).toEqual(numbered(1, 25))
    expect(second.readings).toEqual([1])
    await until(() => first.lost.length === 1, 'the first is told')
    expect(first.lost[0]).toMatchObject({ code: 'lease-lost' })
    expect(first.got).toHaveLength(20)
  })

  it('sends no more than may be held, and the rest as it is acknowledged', async () => {
    const tag = await aClient(TAG)
    const { partition, got, texts } = read(OWN, 1, 10)
    await publish(tag, numbered(0, 50))
    await until(() => got.length === 10, 'ten are there')
    await sleep(1_500)
    expect(got).toHaveLength(10)
    expect(partition.held()).toBe(10)
    for (let done = 0; done < 50; ) {
      await until(() => got.length > done, 'more is there')
      const batch = got.slice(done)
      done += batch.length
      partition.acknowledge(batch)
    }
    expect(texts()).toEqual(numbered(0, 50))
    expect(partition.held()).toBe(0)
  })

  it('does not wait between pulls: hundreds that are there come at once', async () => {
    const tag = await aClient(TAG)
    await Promise.all(numbered(0, 600).map(text => tag.publishAsync(FIXES, text, { qos: 1 })))
    const { partition, got } = read(OWN, 1)
    for (let done = 0; done < 600; ) {
      await until(() => got.length > done, `${done} are not all`)
      const batch = got.slice(done)
      done += batch.length
      partition.acknowledge(batch)
    }
    expect(got.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 600 }, (_, index) => index + 1))
  })

  it('goes on in order when its server was killed and is back', async () => {
    const tag = await aClient(TAG)
    const { partition, got, texts } = read(OWN, 1)
    await publish(tag, numbered(0, 10))
    await until(() => got.length === 10, 'they are there')
    partition.acknowledge(got.slice(0, 5))
    await link.flush()
    await server.kill()
    await until(() => partition.awaySince() !== null, 'it notices')
    await server.start()
    await until(() => partition.awaySince() === null, 'it reads again')
    await publish(await aClient(TAG), numbered(10, 15))
    await until(() => new Set(texts()).size === 15, 'what follows comes')
    const newest = got.filter(({ reading }) => reading === got.at(-1)?.reading)
    const said = newest.map(({ payload }) => Buffer.from(payload).toString())
    expect(said).toEqual(numbered(15 - said.length, 15))
    expect(said.length).toBeGreaterThanOrEqual(10)
  }, 40_000)
})

describe.runIf(realParts.nats)('the stream behind the server’s MQTT', () => {
  it('holds what the server has acknowledged, whether anybody reads it or not', async () => {
    const tag = await aClient(TAG)
    await publish(tag, numbered(0, 10))
    expect((await stored()).messages).toBe(10)
  })

  it('holds nothing that a tag says under another’s name or in another partition', async () => {
    const tag = await aClient(TAG)
    for (const topic of [
      TOPICS.tagFixes('tag-2'),
      `in/${(OWN + 1) % PARTITIONS}/${FIXES}`,
      `in/${OWN}/marker`,
      TOPICS.livePositions,
      TOPICS.traccarPositions,
    ])
      await tag.publishAsync(topic, 'forged', { qos: 1 })
    await publish(tag, ['true'])
    expect((await stored()).messages).toBe(1)
  })

  it('refuses when it is full, and the tag gets no PUBACK; what is in it stays', async () => {
    await ensureStream(link, { replicas: 1, maxMessages: 20 }, logger)
    const tag = await aClient(TAG)
    await publish(tag, numbered(0, 20))
    const refused = new Promise(resolve => tag.once('close', () => resolve(undefined)))
    const more = tag.publishAsync(FIXES, 'too much', { qos: 1 }).then(
      () => 'acknowledged',
      () => 'refused',
    )
    await refused
    expect(await Promise.race([more, sleep(200).then(() => 'refused')])).toBe('refused')
    const { got, partition, texts } = read(OWN, 1)
    await until(() => got.length === 20, 'all are there')
    expect(texts()).toEqual(numbered(0, 20))
    partition.acknowledge(got)
  })

  it('is emptied of what has been acknowledged in every partition, and of nothing else', async () => {
    const tag = await aClient(TAG)
    await publish(tag, numbered(0, 10))
    expect(await purgeAcknowledged(link, PARTITIONS)).toBe(0)
    const readers = Array.from({ length: PARTITIONS }, (_, partition) => read(partition, 1))
    const own = readers[OWN]
    await until(() => own?.got.length === 10, 'they are read')
    own?.partition.acknowledge(own.got.slice(0, 4))
    for (let partition = 0; partition < PARTITIONS; partition++) await markPartition(link, partition)
    await until(async () => (await purgeAcknowledged(link, PARTITIONS)) === 4, 'four may go')
    expect(await stored()).toMatchObject({ first_seq: 5, last_seq: 14 })
    own?.partition.acknowledge(own.got.slice(4))
    await until(async () => (await purgeAcknowledged(link, PARTITIONS)) >= 10, 'the others may go')
    expect((await stored()).messages).toBeLessThanOrEqual(4)
  })

  it('is made anew when the server had made it itself and it is empty, and refused when it is not', async () => {
    await link.manager.streams.delete(MQTT_STREAM)
    await server.stop()
    server = await startNatsServer({ partitions: PARTITIONS, tags: [TAG] })
    await link.stop()
    link = await connect()
    await publish(await aClient(TAG), ['nobody keeps this'])
    expect(await stored()).toMatchObject({ messages: 0 })
    await ensureStream(link, { replicas: 1, maxMessages: 100 }, logger)
    await publish(await aClient(TAG), ['this is kept'])
    expect(await stored()).toMatchObject({ messages: 1 })
  })
})
