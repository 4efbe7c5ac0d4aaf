import { createLogger, sleep, systemClock } from '@cordon/runtime'
import { startTestBroker, type TestBroker } from '@cordon/testkit'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSubscriber, type ReceivedMessage, type Subscriber } from './create-subscriber.ts'

let broker: TestBroker
let tag: MqttClient
const topic = 'cordon/v1/tags/tag-1/fixes'
const logger = createLogger({ name: 'test', level: 'silent' })

beforeAll(async () => {
  broker = await startTestBroker()
  tag = await connectAsync(broker.url, { ...(await broker.addTag('tag-1')), protocolVersion: 4 })
})
afterAll(async () => {
  await tag.endAsync(true)
  await broker.stop()
})

interface Listening {
  readonly subscriber: Subscriber
  readonly got: ReceivedMessage[]
  readonly texts: () => string[]
}

async function listen(clientId: string, receiveMaximum = 1_000): Promise<Listening> {
  const got: ReceivedMessage[] = []
  const subscriber = createSubscriber({
    ...{ url: broker.url, ...broker.ingest, clientId, filters: ['cordon/v1/tags/+/fixes'] },
    ...{ receiveMaximum, keepaliveSeconds: 10, sessionExpirySeconds: 600 },
    ...{ clock: systemClock, logger, random: Math.random, onMessage: message => got.push(message) },
  })
  await until(() => subscriber.connected())
  return { subscriber, got, texts: () => got.map(({ payload }) => Buffer.from(payload).toString()) }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; !isSo() && waited < 10_000; waited += 10) await sleep(10)
  if (!isSo()) throw new Error('it did not happen in 10 s')
}

const publish = (...texts: readonly string[]) =>
  Promise.all(texts.map(text => tag.publishAsync(topic, text, { qos: 1 })))
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `message ${index}`)

describe('createSubscriber', () => {
  it('is sent again what it had not acknowledged when it went away, and nothing of what it had', async () => {
    const first = await listen('again')
    await publish('kept', 'not kept', 'nor this')
    await until(() => first.got.length === 3)
    first.subscriber.acknowledge(first.got.slice(0, 1))
    await sleep(100)
    await first.subscriber.stop()

    const second = await listen('again')
    await until(() => second.got.length === 2)
    await sleep(200)
    expect(second.texts().sort()).toEqual(['nor this', 'not kept'])
    second.subscriber.acknowledge(second.got)
    expect(second.subscriber.held()).toBe(0)
    await second.subscriber.stop()
  })

  it('never acknowledges a message of an earlier connection, whatever its packet id means now', async () => {
    const first = await listen('old-id')
    await publish('one')
    await until(() => first.got.length === 1)
    await first.subscriber.stop()

    const second = await listen('old-id')
    await until(() => second.got.length === 1)
    // The first subscriber's message carries connection 1; so does the second's, of another subscriber: set it back by one.
    second.subscriber.acknowledge(second.got.map(message => ({ ...message, connection: message.connection - 1 })))
    await sleep(100)
    await second.subscriber.stop()

    const third = await listen('old-id')
    await until(() => third.got.length === 1)
    third.subscriber.acknowledge(third.got)
    await sleep(100)
    await third.subscriber.stop()
  })

  it('takes no more than Receive Maximum at once, and the rest as it acknowledges', async () => {
    const { subscriber, got, texts } = await listen('bound', 20)
    await publish(...numbered(100))
    await until(() => got.length >= 20)
    await sleep(200)
    const first = got.length
    // A broker of MQTT 3.1.1 knows no Receive Maximum; what one network read held had arrived before reading stopped.
    expect(first).toBeLessThanOrEqual(broker.ingest.protocolVersion === 5 ? 20 : 100)
    for (let acknowledged = 0; acknowledged < 100; ) {
      await until(() => got.length > acknowledged)
      const batch = got.slice(acknowledged)
      acknowledged += batch.length
      subscriber.acknowledge(batch)
    }
    expect(new Set(texts())).toEqual(new Set(numbered(100)))
    await subscriber.stop()
  })

  it('keeps the order of one tag', async () => {
    const { subscriber, got, texts } = await listen('order')
    await publish(...numbered(500))
    await until(() => got.length === 500)
    expect(texts()).toEqual(numbered(500))
    subscriber.acknowledge(got)
    await subscriber.stop()
  })

  it('goes on trying when it is refused, and stops when asked to', async () => {
    const subscriber = createSubscriber({
      ...{ url: broker.url, ...broker.ingest, password: 'wrong-password', clientId: 'refused', filters: [topic] },
      ...{ receiveMaximum: 10, keepaliveSeconds: 10, sessionExpirySeconds: 600 },
      ...{ clock: systemClock, logger, random: Math.random, onMessage: () => undefined },
    })
    await sleep(500)
    expect(subscriber.connected()).toBe(false)
    await subscriber.stop()
  })
})
