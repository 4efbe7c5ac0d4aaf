import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import {
  afterThisTest,
  cleanUpAll,
  connect,
  connectIngest,
  eventually,
  leaveMessages,
  newDir,
  publish,
  startBroker,
  TOPIC,
} from './broker.fixture.ts'

afterEach(cleanUpAll)

interface BrokerProcess {
  readonly child: ChildProcess
  readonly url: string
}

/** A broker in a process of its own, that can be killed. */
async function startProcess(dir: string): Promise<BrokerProcess> {
  const program = `
    import { createLogger } from '@cordon/runtime'
    import { startEmbeddedBroker } from './start-embedded-broker.ts'
    const broker = await startEmbeddedBroker({
      host: '127.0.0.1', port: 0, persistenceDir: ${JSON.stringify(dir)},
      logger: createLogger({ name: 'child', level: 'silent' }),
      authenticate: async (clientId, username) => ({ ok: true, account: username }),
      authorizePublish: () => true, authorizeSubscribe: () => true,
    })
    process.stdout.write(broker.url)`
  const flags = ['--conditions=@cordon/source', '--import=tsx', '--input-type=module', '--eval', program]
  const child = spawn(process.execPath, flags, { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] })
  afterThisTest(() => child.kill('SIGKILL'))
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, url: chunk.toString('utf8') }
}

async function kill({ child }: BrokerProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'close')
}

describe('a restart of the embedded broker', () => {
  it('keeps sessions, messages and retained messages through a clean stop', async () => {
    const persistenceDir = newDir()
    const first = await startBroker({ persistenceDir })
    await leaveMessages(first.url, 1, 2, 3)
    const tag = await connect(first.url, 'T1')
    await tag.publishAsync('tags/T1/status', 'online', { qos: 1, retain: true })
    await first.stop()
    const second = await startBroker({ persistenceDir })
    expect(second.stats()).toMatchObject({ persistentSessions: 1, retained: 1 })
    const { client, received } = await connectIngest(second.url)
    await eventually(() => expect(received).toEqual(['1', '2', '3']))
    await publish(await connect(second.url, 'T1'), 4)
    await client.subscribeAsync('tags/+/status', { qos: 1 })
    await eventually(() => expect(received).toEqual(['1', '2', '3', '4', 'online']))
  })

  it('loses no acknowledged message when it is killed in full flow, again and again', {
    timeout: 180_000,
  }, async () => {
    const dir = newDir()
    const acknowledged: string[] = []
    const received = new Set<string>()
    let count = 0
    for (let round = 0; round < 3; round += 1) {
      const broker = await startProcess(dir)
      const reader = await connectIngest(broker.url)
      reader.client.on('message', (_topic, payload) => received.add(payload.toString()))
      for (const payload of reader.received) received.add(payload)
      await reader.client.subscribeAsync('tags/+/fixes', { qos: 1 })
      // In the second round nobody reads, in the others the reader is killed off with the broker.
      if (round === 1) await reader.client.endAsync()
      const tag = await connect(broker.url, 'T1')
      const enough = acknowledged.length + 200
      for (let sent = 0; sent < 2_000; sent += 1) {
        const payload = String(count++)
        tag.publish(TOPIC, payload, { qos: 1 }, error => error ?? acknowledged.push(payload))
      }
      await eventually(() => expect(acknowledged.length).toBeGreaterThan(enough))
      await kill(broker)
      await tag.endAsync(true)
    }
    const broker = await startProcess(dir)
    const { received: last } = await connectIngest(broker.url)
    await eventually(() => {
      const read = new Set([...received, ...last])
      expect(acknowledged.filter(payload => !read.has(payload))).toEqual([])
    })
    expect(acknowledged.length).toBeGreaterThan(600)
  })
})
