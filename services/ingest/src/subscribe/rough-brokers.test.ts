import { createLogger, systemClock } from '@cordon/runtime'
import { generate } from 'mqtt-packet'
import { afterEach, describe, expect, it } from 'vitest'
import { aScriptedBroker, politely, type ScriptedBroker } from '../testing/a-scripted-broker.ts'
import { until } from '../testing/start-ingest.ts'
import { createSubscriber, type ReceivedMessage, type Subscriber } from './create-subscriber.ts'

let broker: ScriptedBroker | undefined
let subscriber: Subscriber | undefined
afterEach(async () => {
  await subscriber?.stop()
  await broker?.stop()
})

interface Heard {
  readonly got: ReceivedMessage[]
  readonly takenOver: string[]
  readonly lines: {
    readonly level: number | string
    readonly msg: string
    readonly err?: { readonly message: string }
  }[]
  readonly subscriber: Subscriber
}

function subscribe(
  url: string,
  more: { readonly protocolVersion?: 4 | 5; readonly receiveMaximum?: number } = {},
): Heard {
  const heard: Omit<Heard, 'subscriber'> = { got: [], takenOver: [], lines: [] }
  const destination = { write: (line: string) => void heard.lines.push(JSON.parse(line)) }
  subscriber = createSubscriber({
    ...{ url, clientId: 'cordon.test', filters: ['cordon/v1/tags/+/fixes'], protocolVersion: 5, receiveMaximum: 100 },
    ...{ keepaliveSeconds: 20, sessionExpirySeconds: 600, clock: systemClock, random: () => 0 },
    ...more,
    logger: createLogger({ name: 'test', level: 'info', destination }),
    onMessage: message => heard.got.push(message),
    onTakenOver: reason => heard.takenOver.push(reason.message),
  })
  return { ...heard, subscriber }
}
const reasonsOf = ({ lines }: Heard) => lines.flatMap(({ err }) => (err === undefined ? [] : [err.message]))
const connects = (at: ScriptedBroker | undefined) => at?.got.filter(({ cmd }) => cmd === 'connect').length
const publish = (messageId: number, qos: 0 | 1 = 1, size = 2) => ({
  ...{
    cmd: 'publish' as const,
    topic: 'cordon/v1/tags/t/fixes',
    payload: Buffer.alloc(size),
    qos,
    dup: false,
    retain: false,
  },
  ...(qos === 0 ? {} : { messageId }),
})

describe('a subscriber at a rough broker', () => {
  it('keeps to the keep-alive that the broker insists on', async () => {
    broker = await aScriptedBroker(packet => {
      const said = politely(packet)
      return typeof said === 'object' && said.cmd === 'connack' ? { ...said, properties: { serverKeepAlive: 1 } } : said
    })
    const { got } = broker
    subscribe(broker.url)
    await until(() => got.filter(({ cmd }) => cmd === 'pingreq').length >= 2, 'it pings twice', 5_000)
    expect(got[0]).toMatchObject({ cmd: 'connect', keepalive: 20, clean: false })
    expect(got[0]).toMatchObject({ properties: { receiveMaximum: 100, sessionExpiryInterval: 600 } })
    expect(got[0]).not.toHaveProperty('properties.topicAliasMaximum')
  })

  it('leaves a broker that has fallen silent, and comes again', async () => {
    broker = await aScriptedBroker(packet => {
      if (packet.cmd === 'pingreq') return 'nothing'
      const said = politely(packet)
      return typeof said === 'object' && said.cmd === 'connack' ? { ...said, properties: { serverKeepAlive: 1 } } : said
    })
    const { got } = broker
    const heard = subscribe(broker.url)
    await until(() => got.filter(({ cmd }) => cmd === 'connect').length === 2, 'it connects again', 10_000)
    expect(reasonsOf(heard)).toContain('the broker fell silent')
  })

  it.each([
    [134, 'user name or password wrong (reason 134)'],
    [135, 'not authorised (reason 135)'],
    [132, 'see CORDON_MQTT_PROTOCOL'],
    [131, 'reason 131'],
  ])('says why it was refused: reason %i', async (reasonCode, text) => {
    broker = await aScriptedBroker(() => ({ cmd: 'connack', reasonCode, sessionPresent: false }))
    const heard = subscribe(broker.url)
    await until(() => reasonsOf(heard).length > 0, 'it says why', 5_000)
    expect(reasonsOf(heard)[0]).toContain(text)
    expect(heard.subscriber.connected()).toBe(false)
    expect(heard.subscriber.awaySince()).not.toBeNull()
  })

  it.each([0, 128, 135])(
    'takes no subscription that is granted as %i: less than QoS 1 would lose messages',
    async granted => {
      broker = await aScriptedBroker(packet =>
        packet.cmd === 'subscribe'
          ? { cmd: 'suback', messageId: packet.messageId ?? 0, granted: [granted] }
          : politely(packet),
      )
      const heard = subscribe(broker.url)
      await until(() => reasonsOf(heard).length > 0, 'it says why', 5_000)
      expect(reasonsOf(heard)[0]).toContain('did not grant cordon/v1/tags/+/fixes at QoS 1')
      expect(heard.subscriber.connected()).toBe(false)
    },
  )

  it('ends for good when another client takes its session over', async () => {
    broker = await aScriptedBroker(politely)
    const { got, send } = broker
    const heard = subscribe(broker.url)
    await until(() => heard.subscriber.connected(), 'it is there', 5_000)
    send({ cmd: 'disconnect', reasonCode: 142 })
    await until(() => heard.takenOver.length === 1, 'it notices', 5_000)
    expect(heard.takenOver[0]).toContain('is a second ingest running under the same CORDON_INGEST_NAME?')
    expect(got.filter(({ cmd }) => cmd === 'connect')).toHaveLength(1)
  })

  it('survives what is not MQTT, and comes again', async () => {
    broker = await aScriptedBroker(politely)
    const { got, send } = broker
    const heard = subscribe(broker.url)
    await until(() => heard.subscriber.connected(), 'it is there', 5_000)
    send(Buffer.from([0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff]))
    await until(() => got.filter(({ cmd }) => cmd === 'connect').length === 2, 'it connects again', 5_000)
    await until(() => heard.subscriber.connected(), 'it is there again', 5_000)
    expect(reasonsOf(heard)[0]).toContain('what is not MQTT')
  })

  it('says loudly that the broker had forgotten the session', async () => {
    broker = await aScriptedBroker(politely)
    const { send } = broker
    const heard = subscribe(broker.url)
    await until(() => heard.subscriber.connected(), 'it is there', 5_000)
    send({ cmd: 'disconnect', reasonCode: 139 })
    const said = () => heard.lines.map(({ msg }) => msg).join()
    await until(() => said().includes('the broker had forgotten our session'), 'it says so', 5_000)
    expect(reasonsOf(heard)[0]).toContain('server shutting down')
  })

  it('gives a hint when the broker of MQTT 3.1.1 closes connection after connection', async () => {
    broker = await aScriptedBroker(packet => (packet.cmd === 'pingreq' ? 'close' : politely(packet)), 4)
    const { send } = broker
    const heard = subscribe(broker.url, { protocolVersion: 4 })
    for (let times = 1; times <= 3; times++) {
      await until(() => heard.subscriber.connected() && connects(broker) === times, 'it is there', 5_000)
      send(Buffer.from([0xff]))
    }
    await until(() => heard.lines.some(({ msg }) => msg.includes('is a second ingest running')), 'it hints', 5_000)
  })

  it('stops reading when enough is held, QoS 0 included, and goes on when half of it is acknowledged', async () => {
    broker = await aScriptedBroker(politely)
    const { send } = broker
    const heard = subscribe(broker.url, { receiveMaximum: 10 })
    await until(() => heard.subscriber.connected(), 'it is there', 5_000)
    for (let id = 1; id <= 10; id++) send(publish(id, id % 2 === 0 ? 0 : 1))
    await until(() => heard.got.length === 10, 'ten are there', 5_000)
    for (let id = 11; id <= 30; id++) send(publish(id))
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(heard.subscriber.held()).toBe(10)
    for (let done = 0; done < 30; ) {
      await until(() => heard.got.length > done, 'more is there', 5_000)
      const batch = heard.got.slice(done)
      done += batch.length
      heard.subscriber.acknowledge(batch)
    }
    expect(heard.subscriber.held()).toBe(0)
    await until(() => broker?.got.filter(({ cmd }) => cmd === 'puback').length === 25, 'QoS 1 is acknowledged', 5_000)
  })

  it('holds more than enough by one read of the network at most', async () => {
    broker = await aScriptedBroker(politely)
    const heard = subscribe(broker.url, { receiveMaximum: 10 })
    await until(() => heard.subscriber.connected(), 'it is there', 5_000)
    const packets = Array.from({ length: 1_000 }, (_, at) =>
      generate(publish(at + 1, 1, 1_000), { protocolVersion: 5 }),
    )
    broker.send(Buffer.concat(packets))
    await until(() => heard.subscriber.held() >= 10, 'it is full', 5_000)
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(heard.subscriber.heldBytes()).toBeLessThan(10 * 1_000 + 64 * 1_024)
  })

  it('keeps what it holds through a reconnect, and reads no further while that is enough', async () => {
    broker = await aScriptedBroker(politely)
    const { send } = broker
    const heard = subscribe(broker.url, { receiveMaximum: 10 })
    await until(() => heard.subscriber.connected(), 'it is there', 5_000)
    for (let id = 1; id <= 9; id++) send(publish(id))
    await until(() => heard.subscriber.held() === 9, 'all are held', 5_000)
    send({ cmd: 'disconnect', reasonCode: 139 })
    await until(() => connects(broker) === 2 && heard.subscriber.connected(), 'it is there again', 5_000)
    for (let id = 1; id <= 9; id++) send(publish(id))
    await until(() => heard.subscriber.held() >= 10, 'it is full', 5_000)
    await new Promise(resolve => setTimeout(resolve, 100))
    for (let id = 10; id <= 14; id++) send(publish(id))
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(heard.subscriber.held()).toBeLessThanOrEqual(18)
    heard.subscriber.acknowledge(heard.got.slice())
    await until(() => heard.got.length === 23, 'the rest is there', 5_000)
  })

  it('stops reading at 64 MB, whatever their number', async () => {
    broker = await aScriptedBroker(politely)
    const { send } = broker
    const heard = subscribe(broker.url, { receiveMaximum: 1_000 })
    await until(() => heard.subscriber.connected(), 'it is there', 5_000)
    for (let id = 1; id <= 100; id++) send(publish(id, 1, 1_000_000))
    await until(() => heard.got.length >= 67, 'enough is there', 10_000)
    await new Promise(resolve => setTimeout(resolve, 200))
    expect(heard.got.length).toBeLessThan(75)
    for (let done = 0; done < 100; ) {
      await until(() => heard.got.length > done, 'more is there', 10_000)
      heard.subscriber.acknowledge(heard.got.slice(done, done + 20))
      done = Math.min(done + 20, heard.got.length)
    }
  })

  it('takes the account from the address when none is given beside it', async () => {
    broker = await aScriptedBroker(politely)
    const { got } = broker
    subscribe(broker.url.replace('mqtt://', 'mqtt://cordon.ingest:p%40ss@'))
    await until(() => got.length > 0, 'it connects', 5_000)
    expect(got[0]).toMatchObject({ username: 'cordon.ingest', password: Buffer.from('p@ss') })
  })

  it('tries again while nobody listens, and stops at once when asked to', async () => {
    const heard = subscribe('mqtt://127.0.0.1:1')
    await until(() => reasonsOf(heard).length > 0, 'it says why', 5_000)
    expect(reasonsOf(heard)[0]).toContain('ECONNREFUSED')
    await heard.subscriber.stop()
  })
})
