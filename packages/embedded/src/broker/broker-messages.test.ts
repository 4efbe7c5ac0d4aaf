import { afterEach, describe, expect, it } from 'vitest'
import {
  cleanUpAll,
  connect,
  connectIngest,
  eventually,
  leaveMessages,
  newDir,
  next,
  publish,
  startBroker,
} from './broker.fixture.ts'

afterEach(cleanUpAll)

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

  it('that are published while a session comes back do not overtake what waited for it', async () => {
    const broker = await start()
    const waiting = Array.from({ length: 2_000 }, (_, n) => String(n))
    await leaveMessages(broker.url, ...waiting)
    const tag = await connect(broker.url, 'T1')
    const [{ client, received }] = await Promise.all([
      connectIngest(broker.url),
      (async () => {
        for (let n = 2_000; n < 3_000; n += 10) await publish(tag, ...Array.from({ length: 10 }, (_, i) => n + i))
      })(),
    ])
    await eventually(() => expect(received.length).toBeGreaterThanOrEqual(3_000))
    await publish(tag, 'live again')
    await eventually(() => expect(received.at(-1)).toBe('live again'))
    expect(received.slice(0, -1)).toEqual(Array.from({ length: 3_000 }, (_, n) => String(n)))
    await eventually(() => expect(broker.stats().queuedBytes).toBe(0))
    await client.endAsync(true)
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
