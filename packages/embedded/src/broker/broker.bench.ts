/**
 * QoS 1 messages a second from one publisher through the broker to one reader with a kept session, on loopback:
 * `npx tsc -b packages/embedded && node packages/embedded/dist/broker/broker.bench.js`. Broker, reader and publisher are
 * processes of their own; 190 bytes a message, at most 1,000 unacknowledged. Beside ours, aedes with the persistence in
 * memory that it brings. The times are of the machine it runs on and of what else it does; the ratios are the claim.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger, listen } from '@cordon/runtime'
import { Aedes } from 'aedes'
import mqtt from 'mqtt'
import { startEmbeddedBroker } from './start-embedded-broker.ts'

const MESSAGES = 30_000
const WINDOW = 1_000
const [, file = '', role, ...rest] = process.argv

if (role === 'broker') await runBroker(rest[0] ?? '')
else if (role === 'reader') await runReader(rest[0] ?? '')
else await compare()

async function compare(): Promise<void> {
  console.log(`${process.version} on ${cpus()[0]?.model ?? 'an unknown processor'}\n`)
  console.log('broker | messages/s, published to read | broker CPU, µs a message | ratio to aedes in memory')
  let aedes: number | undefined
  for (const kind of ['aedes', 'memory', 'disk']) {
    const { perSecond, cpuUs } = await measure(kind)
    aedes ??= perSecond
    console.log([kind, Math.round(perSecond), cpuUs.toFixed(0), (perSecond / aedes).toFixed(2)].join(' | '))
  }
}

async function measure(kind: string): Promise<{ perSecond: number; cpuUs: number }> {
  const broker = fork(file, ['broker', kind])
  const [url] = (await once(broker, 'message')) as [string]
  const reader = fork(file, ['reader', url])
  await once(reader, 'message')
  const read = once(reader, 'message')
  const client = await mqtt.connectAsync(url, { protocolVersion: 4, clientId: 'publisher', clean: true })
  broker.send('cpu')
  const [before] = (await once(broker, 'message')) as [number]
  const startedAt = performance.now()
  await publishAll(client)
  await read
  const seconds = (performance.now() - startedAt) / 1_000
  broker.send('cpu')
  const [after] = (await once(broker, 'message')) as [number]
  await client.endAsync()
  reader.kill()
  broker.send('stop')
  await once(broker, 'exit')
  return { perSecond: MESSAGES / seconds, cpuUs: (after - before) / MESSAGES }
}

async function publishAll(client: mqtt.MqttClient): Promise<void> {
  const payload = Buffer.alloc(190, 'x')
  let left = MESSAGES
  const oneByOne = async (): Promise<void> => {
    while (left-- > 0) await client.publishAsync('tags/T1/fixes', payload, { qos: 1 })
  }
  await Promise.all(Array.from({ length: WINDOW }, oneByOne))
}

async function runBroker(kind: string): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'cordon-bench-'))
  const { url, stop } = kind === 'aedes' ? await startAedes() : await startOurs(kind === 'disk' ? dir : undefined)
  process.on('message', message => {
    const { user, system } = process.cpuUsage()
    if (message === 'cpu') process.send?.(user + system)
    else
      void stop()
        .then(() => rmSync(dir, { recursive: true }))
        .then(() => process.exit(0))
  })
  process.send?.(url)
}

async function startAedes(): Promise<{ url: string; stop: () => Promise<void> }> {
  const aedes = await Aedes.createBroker()
  const port = await listen(createServer(aedes.handle), 0, '127.0.0.1')
  return { url: `mqtt://127.0.0.1:${port}`, stop: () => new Promise(done => aedes.close(done)) }
}

function startOurs(persistenceDir: string | undefined): Promise<{ url: string; stop: () => Promise<void> }> {
  return startEmbeddedBroker({
    ...{ host: '127.0.0.1', port: 0, logger: createLogger({ name: 'bench', level: 'silent' }) },
    ...(persistenceDir === undefined ? {} : { persistenceDir }),
    authenticate: async () => ({ ok: true as const, account: 'all' }),
    authorizePublish: () => true,
    authorizeSubscribe: () => true,
  })
}

async function runReader(url: string): Promise<void> {
  let count = 0
  const client = await mqtt.connectAsync(url, { protocolVersion: 4, clientId: 'reader', clean: false })
  client.on('message', () => {
    count += 1
    if (count === MESSAGES) process.send?.('read')
  })
  await client.subscribeAsync('tags/+/fixes', { qos: 1 })
  process.send?.('ready')
}
