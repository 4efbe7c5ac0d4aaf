import { afterEach, describe, expect, it, vi } from 'vitest'
import { cleanUpAll, connect, connectIngest, eventually, next, publish, startBroker, TOPIC } from './broker.fixture.ts'

afterEach(cleanUpAll)

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
