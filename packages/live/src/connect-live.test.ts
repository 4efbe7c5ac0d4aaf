import { createServer, type Socket } from 'node:net'
import {
  asId,
  type Cursor,
  type LiveIncidents,
  type LivePositions,
  type LiveProvisional,
  type LiveSystem,
  TOPICS,
} from '@cordon/contract'
import { createLogger, listen, sleep } from '@cordon/runtime'
import { startTestBroker, type TestBroker } from '@cordon/testkit'
import { connectAsync } from 'mqtt'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectLive, type Live } from './connect-live.ts'

let broker: TestBroker
const opened: Live[] = []
beforeAll(async () => {
  broker = await startTestBroker()
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map(live => live.close()))
})
afterAll(() => broker.stop())

function aLog() {
  const lines: string[] = []
  return {
    lines,
    logger: createLogger({ name: 'test', level: 'info', destination: { write: line => void lines.push(line) } }),
  }
}

async function connect(name: string, logger = aLog().logger): Promise<Live> {
  const { username, password } = broker.ingest
  const live = await connectLive({ url: broker.url, username, password, clientId: name, logger, reconnectMs: 50 })
  opened.push(live)
  return live
}
async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; !isSo() && waited < 10_000; waited += 10) await sleep(10)
  expect(isSo()).toBe(true)
}
const system: LiveSystem = {
  ...{
    ingest: 'ingest-1',
    at: '2026-11-22T06:00:00.000Z',
    lagSeconds: 0.1,
    fixesPerSecond: 5,
    inFlight: 0,
    database: true,
  },
}
const cursor = (text: string) => ({ cursor: asId<Cursor>(text) })

describe('connectLive', () => {
  it('carries all five kinds of message from one to the other', async () => {
    const [ingest, gateway] = [await connect('ingest'), await connect('gateway')]
    const got: unknown[] = []
    await gateway.onPositions(message => got.push(message))
    await gateway.onIncidents(message => got.push(message))
    await gateway.onConfiguration(message => got.push(message))
    await gateway.onSystem(message => got.push(message))
    await gateway.onProvisional(message => got.push(message))
    const positions: LivePositions = { items: [] }
    const incidents: LiveIncidents = cursor('5')
    expect(ingest.publishPositions(positions)).toBe(true)
    expect(ingest.publishIncidents(incidents)).toBe(true)
    expect(ingest.publishConfiguration(cursor('6'))).toBe(true)
    expect(ingest.publishSystem(system)).toBe(true)
    const provisional: LiveProvisional = { ingest: 'ingest-1', alerts: [], leftOut: 0 }
    expect(ingest.publishProvisional(provisional)).toBe(true)
    await until(() => got.length === 5)
    expect(got).toEqual(expect.arrayContaining([positions, incidents, cursor('6'), system, provisional]))
  })

  it('leaves out what does not fit the contract, says so, and goes on', async () => {
    const { lines, logger } = aLog()
    const gateway = await connect('gateway', logger)
    const got: LiveIncidents[] = []
    await gateway.onIncidents(message => got.push(message))
    const stranger = await connectAsync(broker.url, { ...broker.ingest, protocolVersion: 4, clientId: 'stranger' })
    for (const text of ['{', '{"cursor": 7}', '{"cursor": "8"}'])
      await stranger.publishAsync(TOPICS.liveIncidents, text, { qos: 1 })
    await stranger.endAsync()
    await until(() => got.length === 1)
    expect(got).toEqual([cursor('8')])
    expect(lines.filter(line => line.includes('does not fit the contract'))).toHaveLength(2)
  })

  it('queues nothing while it is cut off, tells of each change once, and listens again by itself', async () => {
    const { lines, logger } = aLog()
    const live = await connect('cut-off', logger)
    const states: boolean[] = []
    const got: LiveSystem[] = []
    const forget = live.onState(isUp => states.push(isUp))
    await live.onSystem(message => got.push(message))
    // Another client of the same name takes its place for a while: it cannot stay connected.
    const rival = await connectAsync(broker.url, {
      ...broker.ingest,
      protocolVersion: 4,
      clientId: 'cut-off',
      reconnectPeriod: 0,
    })
    await until(() => states.includes(false))
    await rival.endAsync(true)
    await until(() => live.connected() && states.at(-1) === true)
    expect(states.length % 2).toBe(0)
    for (const [index, isUp] of states.entries()) expect(isUp).toBe(index % 2 === 1)
    expect(live.publishSystem(system)).toBe(true)
    await until(() => got.length === 1)
    forget()
    await live.close()
    expect(live.connected()).toBe(false)
    expect(live.publishSystem(system)).toBe(false)
    expect(states.at(-1)).toBe(true)
    expect(lines.length).toBeLessThan(10)
  })

  it.each([
    ['nobody listens', () => Promise.resolve('mqtt://127.0.0.1:1')],
    ['the broker refuses the account', () => Promise.resolve(broker.url)],
    ['it is no broker and hangs up', aRudeServer],
  ])('fails at once, with the cause, when %s; and then leaves it', async (_what, address) => {
    const { lines, logger } = aLog()
    const refused = connectLive({
      url: await address(),
      username: 'x',
      password: 'wrong',
      clientId: 'x',
      logger,
      reconnectMs: 20,
    })
    await expect(refused).rejects.toMatchObject({ code: 'broker-unavailable', cause: expect.any(Error) })
    const attempts = rude.connections
    await sleep(200)
    expect(rude.connections).toBe(attempts)
    expect(lines).toEqual([])
    rude.close()
  })
})

describe.runIf(process.env.CORDON_TEST_MOSQUITTO === '1')('Mosquitto', () => {
  it('says what it holds and has thrown away, to the gateway’s account and to no other', async () => {
    const counts = new Map<string, number>()
    const listen = async (account: { readonly username: string; readonly password: string }, clientId: string) => {
      const live = await connectLive({ url: broker.url, ...account, clientId, logger: aLog().logger })
      opened.push(live)
      await live.onBroker(({ what, value }) => counts.set(`${clientId} ${what}`, value))
    }
    await listen(broker.ingest, 'ingest')
    const { CORDON_MQTT_USERNAME: username = '', CORDON_MQTT_PASSWORD: password = '' } = broker.gatewayEnv
    await listen({ username, password }, 'gateway')
    // every 10 s, and kept for whoever comes later
    for (let waited = 0; counts.size < 2 && waited < 15_000; waited += 50) await sleep(50)
    expect([...counts]).toEqual([
      ['gateway dropped', 0],
      ['gateway stored-bytes', expect.any(Number)],
    ])
  })
})

describe('a broker that answers no ping', () => {
  const opening = async (saysMore: boolean) => {
    const busy = await aBusyBroker(saysMore)
    const { lines, logger } = aLog()
    const options = { clientId: 'busy', logger, keepaliveSeconds: 1, reconnectMs: 50 }
    const live = await connectLive({ url: busy.url, ...options })
    const states: boolean[] = []
    live.onState(isUp => states.push(isUp))
    return { live, lines, states, busy }
  }

  it('is alive while it says anything else', async () => {
    const { live, states, busy } = await opening(true)
    await until(() => busy.pings() >= 4)
    expect(states).toEqual([])
    await live.close()
    busy.stop()
  })

  it('is dead when it says nothing', async () => {
    const { live, lines, states, busy } = await opening(false)
    await until(() => states.includes(false))
    expect(lines.join()).toContain('Keepalive timeout')
    await live.close()
    busy.stop()
  })
})

/** Takes connections and leaves pings unanswered; `saysMore`: it goes on acknowledging what nobody asked about. */
async function aBusyBroker(saysMore: boolean) {
  const sockets = new Set<Socket>()
  let pings = 0
  const server = createServer(socket => {
    sockets.add(socket)
    let timer: NodeJS.Timeout | undefined
    socket.on('data', bytes => {
      if (bytes[0] === CONNECT) {
        socket.write(CONNACK)
        if (saysMore) timer = setInterval(() => socket.write(PUBACK), 100)
      }
      if (bytes[0] === PINGREQ) pings++
    })
    socket.on('error', () => undefined)
    socket.on('close', () => clearInterval(timer))
  })
  const url = `mqtt://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`
  const stop = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { url, pings: () => pings, stop }
}
const CONNECT = 0x10
const PINGREQ = 0xc0
const CONNACK = Buffer.from([0x20, 2, 0, 0])
const PUBACK = Buffer.from([0x40, 2, 0xff, 0xff])

const rude = { connections: 0, close: () => undefined as unknown }
async function aRudeServer(): Promise<string> {
  const server = createServer(socket => {
    rude.connections++
    socket.destroy()
  })
  rude.close = () => server.close()
  return `mqtt://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`
}
