import { readFileSync } from 'node:fs'
import { createDynamicSecurityAccounts } from '@cordon/live'
import { createLogger, systemClock } from '@cordon/runtime'
import { type Mosquitto, realParts, startMosquitto } from '@cordon/testkit'
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../testing/start-ingest.ts'
import { createSubscriber, type ReceivedMessage } from './create-subscriber.ts'

const logger = createLogger({ name: 'test', level: 'silent' })

describe.runIf(realParts.mosquitto)('a subscriber at Mosquitto', () => {
  let broker: Mosquitto
  let ca: string
  beforeAll(async () => {
    broker = await startMosquitto()
    ca = readFileSync(broker.caFile, 'utf8')
  })
  afterAll(() => broker.stop())

  function listen(url: string, more: { readonly ca?: string; readonly clientId: string }) {
    const got: ReceivedMessage[] = []
    const lines: string[] = []
    const destination = { write: (line: string) => void lines.push(line) }
    const subscriber = createSubscriber({
      ...{
        url,
        ...broker.ingest,
        ...more,
        protocolVersion: 5,
        filters: ['cordon/v1/tags/+/fixes'],
        receiveMaximum: 100,
      },
      ...{ keepaliveSeconds: 20, sessionExpirySeconds: 600, clock: systemClock, random: Math.random },
      logger: createLogger({ name: 'test', level: 'warn', destination }),
      onMessage: message => got.push(message),
    })
    return { got, subscriber, lines }
  }
  async function aTagClient(id: string) {
    const accounts = await createDynamicSecurityAccounts({
      url: broker.url,
      ...broker.admin,
      clientId: `accounts-${id}`,
      logger,
    })
    await accounts.putTag(id, 'cordon', 'tag-password')
    await accounts.close()
    return connectAsync(broker.url, { username: id, password: 'tag-password', clientId: id, protocolVersion: 4 })
  }

  it('listens over TLS with the authority’s certificate', async () => {
    const { got, subscriber } = listen(broker.tlsUrl, { ca, clientId: 'tls' })
    await until(() => subscriber.connected(), 'it is there')
    const tag = await aTagClient('tls-1')
    await tag.publishAsync('cordon/v1/tags/tls-1/fixes', 'over TLS', { qos: 1 })
    await until(() => got.length === 1, 'the message is there')
    subscriber.acknowledge(got)
    await tag.endAsync(true)
    await subscriber.stop()
  })

  it.each([
    ['without the authority', 'localhost', undefined, /self.signed|unable to (get|verify)/i],
    ['under a name that is not in the certificate', 'ip6-localhost.example', 'ca', /ENOTFOUND|altnames|EAI_AGAIN/],
  ])('does not speak to a broker over TLS %s', async (_how, host, withCa, why) => {
    const url = broker.tlsUrl.replace('localhost', host)
    const { subscriber, lines } = listen(url, { ...(withCa === undefined ? {} : { ca }), clientId: 'no-tls' })
    await until(() => lines.some(line => why.test(line)), 'it says why')
    expect(subscriber.connected()).toBe(false)
    await subscriber.stop()
  })

  it('says so when a second one of the same name takes its session from it', async () => {
    const first = listen(broker.url, { clientId: 'twice' })
    const second = listen(broker.url, { clientId: 'twice' })
    // Mosquitto 2.0 gives no reason for it when the session is a kept one: it only closes the connection, again and again.
    await until(
      () => [first, second].some(({ lines }) => lines.join().includes('second ingest')),
      'one of them says so',
    )
    await first.subscriber.stop()
    await second.subscriber.stop()
  })

  it('takes up its session again when the broker was restarted, and gets what was published meanwhile', async () => {
    const { got, subscriber } = listen(broker.url, { clientId: 'restarted' })
    await until(() => subscriber.connected(), 'it is there')
    const tag = await aTagClient('restart-1')
    await tag.publishAsync('cordon/v1/tags/restart-1/fixes', 'held', { qos: 1 })
    await until(() => got.length === 1, 'the message is there')
    await broker.restart()
    await until(() => subscriber.connected() && got.length === 2, 'it comes again')
    expect(got.map(({ connection }) => connection)[1]).toBeGreaterThan(1)
    subscriber.acknowledge(got.slice(0, 1))
    expect(subscriber.held()).toBe(1)
    subscriber.acknowledge(got.slice(1))
    expect(subscriber.held()).toBe(0)
    await tag.endAsync(true)
    await subscriber.stop()
  })
})
