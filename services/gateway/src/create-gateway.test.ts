import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { isCordonError, listen } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import { createTestDatabase, leakCheck, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLocalLive } from './testing/local-live.ts'
import { ADMIN_TOKEN, startTestGateway } from './testing/start-test-gateway.ts'
import { openStream } from './testing/stream-client.ts'

let database: TestDatabase
let noLeaks: () => Promise<void>
const CONNECTIONS = 15
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: CONNECTIONS })
  // The pool keeps its connections: those that are opened later would pass for the gateway's.
  await Promise.all(Array.from({ length: CONNECTIONS }, () => database.store.query('select pg_sleep(0.2)')))
  noLeaks = leakCheck()
})
afterAll(() => database.drop())

const QUICK = { flush: 5, look: 5, check: 5, system: 5, load: 5 }

/** The same database, each answer a while later, and how much it is used: also by how many requests that named a token. */
function slow(store: Store) {
  let running = 0
  let begun = 0
  let letIn = 0
  const use = async <T>(work: () => Promise<T>): Promise<T> => {
    begun += 1
    running += 1
    try {
      await wait(20)
      return await work()
    } finally {
      running -= 1
    }
  }
  const watched: Store = {
    ...store,
    query: (statement, values) => {
      if (typeof statement !== 'string' && statement.name === 'read-token') letIn += 1
      return use(() => store.query(statement, values))
    },
    execute: (statement, values) => use(() => store.execute(statement, values)),
    transaction: work => use(() => store.transaction(work)),
  }
  return { store: watched, running: () => running, begun: () => begun, letIn: () => letIn }
}

/** Nothing uses the database, and in many times the longest interval of any timer nothing does. */
async function expectQuiet({ running, begun }: ReturnType<typeof slow>): Promise<void> {
  const before = begun()
  expect(running()).toBe(0)
  await wait(200)
  expect(begun()).toBe(before)
}

describe('a gateway that cannot listen', () => {
  it('says that the port is in use, and leaves the database alone from then on', async () => {
    const other = createServer()
    const port = await listen(other, 0, '127.0.0.1')
    const watched = slow(database.store)
    const started = startTestGateway(watched.store, { streamTimings: QUICK }, port)
    const error: unknown = await started.catch((thrown: unknown) => thrown)
    expect(isCordonError(error, 'port-in-use')).toBe(true)
    expect(String(error)).toContain(`port ${port} on 127.0.0.1 is in use: CORDON_HTTP_PORT`)
    await expectQuiet(watched)
    await new Promise(resolve => other.close(resolve))
    await noLeaks()
  })

  it('leaves the database alone when that has failed half-way', async () => {
    const watched = slow(database.store)
    let fails = false
    const query: Store['query'] = (statement, values) => {
      if (typeof statement !== 'string' && /incident/.test(statement.name)) fails = true
      return fails ? Promise.reject(new Error('the database is gone')) : watched.store.query(statement, values)
    }
    const store = { ...watched.store, query }
    const live = createLocalLive()
    await expect(startTestGateway(store, { streamTimings: QUICK, live })).rejects.toThrow('the database is gone')
    fails = false
    live.setConnected(true)
    live.publishConfiguration({ cursor: '1' })
    await expectQuiet(watched)
  })
})

describe('a gateway that is stopped', () => {
  it('answers the requests under way, and has nothing left that uses the database', async () => {
    const watched = slow(database.store)
    const gateway = await startTestGateway(watched.store, { streamTimings: QUICK })
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
    const streams = await Promise.all(Array.from({ length: 5 }, () => openStream(gateway.base, headers)))
    for (const stream of streams) stream.say({ type: 'subscribe', positions: true, incidents: true })
    await Promise.all(streams.map(stream => stream.until('snapshot')))
    // At the moment of the stop: subscriptions, checks of rights, requests, and one whose client has hung up.
    for (const stream of streams) stream.say({ type: 'subscribe', positions: true, incidents: true })
    const before = watched.letIn()
    const hungUp = new AbortController()
    const requests = Array.from({ length: 5 }, () => gateway.api.get('/incidents'))
    const lost = fetch(`${gateway.base}/api/v1/wearers`, { headers, signal: hungUp.signal }).catch(() => undefined)
    const created = gateway.api.post('/wearers', { name: 'A. Wearer', reference: 'stop' })
    while (watched.letIn() < before + requests.length + 2) await wait(1)
    hungUp.abort()
    await gateway.stop()
    await expectQuiet(watched)
    expect((await Promise.all(requests)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect((await created).status).toBe(201)
    for (const stream of streams) expect((await stream.closed).code).toBe(1001)
    await lost
  })

  it('hears nothing from the broker any more that would make it ask', async () => {
    const watched = slow(database.store)
    const gateway = await startTestGateway(watched.store, { streamTimings: QUICK })
    const stream = await openStream(gateway.base, { authorization: `Bearer ${ADMIN_TOKEN}` })
    await gateway.stop()
    await stream.closed
    gateway.live.setConnected(false)
    gateway.live.setConnected(true)
    gateway.live.publishConfiguration({ cursor: '1' })
    await gateway.gateway.stream.hub.checkRights()
    gateway.gateway.stream.nudge()
    await expectQuiet(watched)
  })
})
