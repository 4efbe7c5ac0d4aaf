import { decodePositionFrame } from '@cordon/contract'
import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Enrolled, enrol } from '../testing/enrol.ts'
import { raiseIncident } from '../testing/raise-incident.ts'
import { anAccount, signedIn } from '../testing/sign-in.ts'
import { ADMIN_TOKEN, startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'
import { openStream, type StreamClient } from '../testing/stream-client.ts'
import { toLivePosition } from './to-live-position.ts'

let database: TestDatabase
let gateway: TestGateway
let person: Enrolled
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 15 })
  gateway = await startTestGateway(database.store)
  person = await enrol(gateway.api)
})
afterAll(async () => {
  await gateway.stop()
  await database.drop()
})

const open: StreamClient[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(client => client.close()))
})

const admin = { authorization: `Bearer ${ADMIN_TOKEN}` }
async function client(subscribe: object | undefined, headers: Record<string, string> = admin): Promise<StreamClient> {
  const opened = await openStream(gateway.base, headers)
  open.push(opened)
  if (subscribe !== undefined) {
    opened.say({ type: 'subscribe', ...subscribe })
    await opened.until('snapshot')
  }
  return opened
}

const position = ({ wearerId, activationId }: Enrolled, more: object = {}) => ({
  wearerId,
  activationId,
  time: new Date().toISOString(),
  receivedAt: new Date().toISOString(),
  lat: 52.2,
  lon: -0.9,
  accuracy: 6,
  source: 'gnss' as const,
  speed: null,
  heading: null,
  battery: null,
  ...more,
})

describe('incidents on the stream', () => {
  it('come as they are raised and as people act, after a snapshot of what is open', async () => {
    const before = await raiseIncident(database.store, person)
    const watching = await client({ incidents: true })
    const snapshot = await watching.until('snapshot')
    // The state of the system is said as often as it changes, so it may stand here more than once.
    const types = watching.seen.map(({ type }) => type)
    expect(types.slice(0, 2)).toEqual(['hello', 'system'])
    expect(types.filter(type => type !== 'system').slice(0, 2)).toEqual(['hello', 'snapshot'])
    expect(snapshot.complete).toBe(true)
    expect(snapshot.incidents.map(({ id }) => id)).toContain(before)
    const raised = await raiseIncident(database.store, person)
    const message = await watching.until('incident', ({ incident }) => incident.id === raised)
    expect(message).toMatchObject({ change: 'raised', incident: { wearerName: 'A. Wearer', tagId: person.tagId } })
    await gateway.api.post(`/incidents/${raised}/actions`, { type: 'acknowledge' })
    const changed = await watching.until('incident', ({ change }) => change === 'changed')
    expect(changed.incident).toMatchObject({ id: raised, state: 'acknowledged' })
  })

  it('resume from a cursor without a gap or a double, though transactions commit in another order than they began', async () => {
    const first = await client({ incidents: true })
    const { cursor } = await first.until('snapshot')
    const expected = await Promise.all(Array.from({ length: 3 }, () => raiseIncident(database.store, person)))
    await first.until('incident', ({ incident }) => incident.id === expected.toSorted(byNumber).at(-1))
    await first.close()
    const lastSeen = first.seen.findLast(message => message.type === 'incident')?.cursor
    const witness = await client({ incidents: true, since: lastSeen })
    const whileAway = await raiseOutOfOrder()
    const resumed = await client({ incidents: true, since: lastSeen })
    const afterwards = await raiseIncident(database.store, person)
    await resumed.until('incident', ({ incident }) => incident.id === afterwards)
    expect(resumed.incidentIds().toSorted(byNumber)).toEqual([...whileAway, afterwards].toSorted(byNumber))
    await witness.until('incident', ({ incident }) => incident.id === afterwards)
    expect(witness.incidentIds().toSorted(byNumber)).toEqual([...whileAway, afterwards].toSorted(byNumber))
    const whole = await client({ incidents: true, since: cursor })
    expect(whole.incidentIds().toSorted(byNumber)).toEqual([...expected, ...whileAway, afterwards].toSorted(byNumber))
    expect((await whole.until('snapshot')).complete).toBe(false)
  })

  it('reach every client once, in one order, while clients come and go and writers overlap', async () => {
    const start = (await (await client({ incidents: true })).until('snapshot')).cursor
    const writing = Array.from({ length: 60 }, async (_, i) => {
      await new Promise(resolve => setTimeout(resolve, (i * 37) % 200))
      return raiseIncident(database.store, person)
    })
    const joining = Array.from({ length: 8 }, async (_, i) => {
      await new Promise(resolve => setTimeout(resolve, i * 25))
      return client({ incidents: true, since: start })
    })
    const [ids, clients] = await Promise.all([Promise.all(writing), Promise.all(joining)])
    const last = await raiseIncident(database.store, person)
    for (const each of clients) {
      await each.until('incident', ({ incident }) => incident.id === last)
      expect(each.incidentIds().toSorted(byNumber)).toEqual([...ids, last].toSorted(byNumber))
      const cursors = each.seen.flatMap(message => (message.type === 'incident' ? [BigInt(message.cursor)] : []))
      expect(cursors).toEqual(cursors.toSorted((a, b) => (a < b ? -1 : 1)))
    }
  })

  it('are all given again to whoever comes with a cursor that this log has not reached', async () => {
    const lost = await client({ incidents: true, since: '999999999999' })
    expect((await lost.until('snapshot')).complete).toBe(true)
  })

  /** The one that wrote first commits last, and the gateway looks in between. */
  async function raiseOutOfOrder(): Promise<string[]> {
    let commit: () => void = () => undefined
    const held = new Promise<void>(resolve => {
      commit = resolve
    })
    const early = database.store.transaction(async inside => {
      const id = await raiseIncident(inside, person)
      await held
      return id
    })
    await pause(100)
    const late = raiseIncident(database.store, person)
    await pause(500)
    commit()
    return Promise.all([early, late])
  }
})

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

describe('positions on the stream', () => {
  it('are the latest of each activation, never an older one', async () => {
    const watching = await client({ positions: true })
    const newer = position(person, { lat: 52.3 })
    gateway.live.publishPositions({ items: [position(person, { lat: 52.25, time: '2026-11-01T00:00:00Z' }), newer] })
    const message = await watching.until('positions', ({ items }) => items.some(({ lat }) => lat === 52.3))
    expect(message.items).toEqual([newer])
    gateway.live.publishPositions({ items: [position(person, { lat: 50, time: '2026-01-01T00:00:00Z' })] })
    const later = await client({ positions: true })
    expect((await later.until('snapshot')).positions).toEqual([newer])
  })

  it('are those of the box or the wearers asked for', async () => {
    const [inside, outside] = [await enrol(gateway.api), await enrol(gateway.api)]
    const boxed = await client({ positions: { bbox: [-1, 52, 0, 53] } })
    const named = await client({ positions: { wearerIds: [inside.wearerId] } })
    gateway.live.publishPositions({ items: [position(outside, { lat: 51 }), position(inside, { lat: 52.5 })] })
    for (const each of [boxed, named]) {
      const { items } = await each.until('positions', message => message.items.some(({ lat }) => lat === 52.5))
      expect(items.map(({ wearerId }) => wearerId)).toEqual([inside.wearerId])
    }
  })

  it('come as frames to whoever asked for them, first all that are known, and as messages to everybody else', async () => {
    const one = await enrol(gateway.api)
    const known = position(one, { lat: 52.41, battery: 83 })
    gateway.live.publishPositions({ items: [known] })
    const [packed, plain] = [await client({ positions: true, encoding: 'binary' }), await client({ positions: true })]
    const has = (lat: number) => (frame: Buffer) => decodePositionFrame(frame)?.some(item => item.lat === lat) ?? false
    const first = decodePositionFrame(await packed.untilFrame(has(52.41)))
    expect(first?.find(({ wearerId }) => wearerId === one.wearerId)).toEqual(toLivePosition(known))
    expect((await packed.until('snapshot')).positions).toEqual([])
    gateway.live.publishPositions({ items: [position(one, { lat: 52.42 })] })
    await packed.untilFrame(has(52.42))
    await plain.until('positions', ({ items }) => items.some(({ lat }) => lat === 52.42))
    expect(packed.seen.filter(({ type }) => type === 'positions')).toEqual([])
    expect(plain.frames).toEqual([])
  })

  it('as frames are only those asked for', async () => {
    const [inside, outside] = [await enrol(gateway.api), await enrol(gateway.api)]
    const named = await client({ positions: { wearerIds: [inside.wearerId] }, encoding: 'binary' })
    gateway.live.publishPositions({ items: [position(outside, { lat: 51 }), position(inside, { lat: 52.6 })] })
    await named.untilFrame(frame => decodePositionFrame(frame)?.[0]?.lat === 52.6)
    expect(named.frames.map(frame => decodePositionFrame(frame)?.length)).toEqual([1])
  })

  it('are found in the database again when the broker had been away', async () => {
    const late = await enrol(gateway.api)
    const watching = await client({ positions: true })
    gateway.live.setConnected(false)
    await watching.until('system', ({ feeds }) => feeds.broker?.state === 'down')
    await database.store.query(
      'insert into fixes (activation_id, measured_at, seq, received_at, lon, lat, source) values ($1, now(), 0, now(), -0.9, 52.9, 0)',
      [late.activationId],
    )
    gateway.live.setConnected(true)
    await watching.until('positions', ({ items }) =>
      items.some(({ activationId }) => activationId === late.activationId),
    )
  })
})

describe('the state of the system', () => {
  it('is told again and again, with the lag of ingest, and at once when it changes', async () => {
    const watching = await client(undefined)
    await watching.until(
      'system',
      ({ ingestLagSeconds, feeds }) => ingestLagSeconds === null && feeds.ingest?.state === 'down',
    )
    const heartbeat = { ingest: 'i1', at: new Date().toISOString(), fixesPerSecond: 12, inFlight: 0, database: true }
    gateway.live.publishSystem({ ...heartbeat, lagSeconds: 0.2 })
    const up = await watching.until('system', ({ feeds }) => feeds.ingest?.state === 'up')
    expect(up).toMatchObject({ ingestLagSeconds: 0.2, fixesPerSecond: 12, feeds: { database: { state: 'up' } } })
    expect(up.tagsExpected).toBeGreaterThan(0)
    gateway.live.publishSystem({ ...heartbeat, lagSeconds: 30 })
    const late = await watching.until('system', ({ feeds }) => feeds.ingest?.state === 'late')
    expect(late.feeds.ingest?.detail).toContain('i1')
  })
})

describe('who may listen', () => {
  it.each([
    ['nobody', {}, '401'],
    ['a wrong token', { authorization: 'Bearer wrong' }, '401'],
  ])('%s is refused before there is a socket', async (_who, headers, status) => {
    await expect(openStream(gateway.base, headers as Record<string, string>)).rejects.toThrow(status)
  })

  it('a cookie opens it from our own pages only', async () => {
    await anAccount(gateway.api, 'olive', 'operator')
    const { cookie } = await signedIn(gateway.base, 'olive')
    for (const origin of ['https://evil.example', 'null']) {
      await expect(openStream(gateway.base, { cookie, origin })).rejects.toThrow('403')
    }
    await expect(openStream(gateway.base, { cookie })).rejects.toThrow('403')
    const own = await client(undefined, { cookie, origin: gateway.base })
    expect((await own.until('hello')).user).toMatchObject({ name: 'olive', role: 'operator' })
  })

  it('is shown out when the session ends, here or anywhere', async () => {
    await anAccount(gateway.api, 'leaver', 'operator')
    const browser = await signedIn(gateway.base, 'leaver')
    const here = await client({ incidents: true }, { cookie: browser.cookie, origin: gateway.base })
    await browser.call('DELETE', '/session')
    expect((await here.closed).code).toBe(1008)
    const again = await signedIn(gateway.base, 'leaver')
    const elsewhere = await client({ incidents: true }, { cookie: again.cookie, origin: gateway.base })
    await database.store.query('delete from sessions')
    await elsewhere.until('error', ({ code }) => code === 'unauthenticated')
    expect((await elsewhere.closed).code).toBe(1008)
  })

  it('is shown out when the token is revoked or its role changes', async () => {
    const { body } = await gateway.api.post('/tokens', { name: 'gone', role: 'operator' })
    const revoked = await client({ incidents: true }, { authorization: `Bearer ${body.token}` })
    await gateway.api.call('DELETE', `/tokens/${body.id}`)
    expect((await revoked.closed).code).toBe(1008)
    const token = await gateway.token('operator')
    const demoted = await client({ incidents: true }, { authorization: `Bearer ${token}` })
    await database.store.query("update api_tokens set role = 'officer' where name like 'operator-%'")
    expect((await demoted.closed).code).toBe(1008)
  })

  it('an officer hears of the caseload only, and of a new wearer at once', async () => {
    await anAccount(gateway.api, 'jane', 'officer')
    const [own, other, later] = [await enrol(gateway.api, 'jane'), await enrol(gateway.api), await enrol(gateway.api)]
    const laters = await raiseIncident(database.store, later)
    const { cookie } = await signedIn(gateway.base, 'jane')
    const officer = await client({ positions: true, incidents: true }, { cookie, origin: gateway.base })
    expect((await officer.until('snapshot')).incidents).toEqual([])
    gateway.live.publishPositions({ items: [position(other), position(own)] })
    await raiseIncident(database.store, other)
    const mine = await raiseIncident(database.store, own)
    await officer.until('incident', ({ incident }) => incident.id === mine)
    await officer.until('positions')
    expect(officer.incidentIds()).toEqual([mine])
    expect(JSON.stringify(officer.seen)).not.toContain(`"wearerId":"${other.wearerId}"`)
    const from = '2026-01-01T00:00:00Z'
    await gateway.api.post('/orders', { wearerId: later.wearerId, type: 'bail', from, officerId: 'jane' })
    const snapshot = await officer.until('snapshot', ({ incidents }) => incidents.some(({ id }) => id === laters))
    expect(snapshot.complete).toBe(true)
  })
})

describe('what clients say', () => {
  it.each([
    ['no JSON', '{', 'invalid-message'],
    ['an unknown type', '{"type":"shout"}', 'invalid-message'],
    ['a box of three', '{"type":"subscribe","positions":{"bbox":[1,2,3]}}', 'invalid-message'],
    ['a cursor that is none', '{"type":"subscribe","incidents":true,"since":"x"}', 'cursor-invalid'],
  ])('%s is answered with an error, and the socket stays', async (_what, text, code) => {
    const talker = await client(undefined)
    talker.say(text)
    await talker.until('error', error => error.code === code)
    talker.say({ type: 'subscribe', incidents: true })
    await talker.until('snapshot')
  })

  it('too much of it ends the socket', async () => {
    const talker = await client(undefined)
    for (let i = 0; i < 200; i++) talker.say({ type: 'pong' })
    expect((await talker.closed).code).toBe(1008)
    const shouter = await client(undefined)
    shouter.say(JSON.stringify({ type: 'pong', more: 'x'.repeat(300_000) }))
    expect((await shouter.closed).code).toBe(1009)
  })

  it('unsubscribed, nothing more comes', async () => {
    const quiet = await client({ incidents: true })
    quiet.say({ type: 'unsubscribe' })
    quiet.say({ type: 'subscribe', positions: true })
    await quiet.until('snapshot', ({ cursor }) => cursor !== undefined)
    const witness = await client({ incidents: true })
    const raised = await raiseIncident(database.store, person)
    await witness.until('incident', ({ incident }) => incident.id === raised)
    expect(quiet.seen.filter(({ type }) => type === 'incident')).toEqual([])
  })
})

const byNumber = (a: string, b: string): number => Number(a) - Number(b)
