import { once } from 'node:events'
import { connect as connectSocket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  cleanUpAll,
  connect,
  connectIngest,
  eventually,
  leaveMessages,
  next,
  publish,
  startBroker,
  TOPIC,
} from './broker.fixture.ts'

afterEach(cleanUpAll)

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
