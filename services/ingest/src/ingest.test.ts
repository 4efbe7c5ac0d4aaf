import type { ActivationId, OrderId, TagId, WearerId } from '@cordon/contract'
import { type RunningProcess, sleep } from '@cordon/runtime'
import {
  aCondition,
  anActivation,
  anOrder,
  aTag,
  aWearer,
  aZone,
  createTestDatabase,
  startTestBroker,
  type TestBroker,
  type TestDatabase,
} from '@cordon/testkit'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startIngest, until } from './testing/start-ingest.ts'

const MINUTE = 60_000
const inside = { lon: -0.9, lat: 52.24 }
const far = { lon: -0.9, lat: 52.3 }

let database: TestDatabase
let broker: TestBroker
let ingest: RunningProcess

beforeAll(async () => {
  ;[database, broker] = await Promise.all([createTestDatabase(), startTestBroker()])
  ingest = await startIngest(database, broker)
})
afterAll(async () => {
  await ingest.stop()
  await broker.stop()
  await database.drop()
})

interface Person {
  readonly wearerId: WearerId
  readonly orderId: OrderId
  readonly activationId: ActivationId
  readonly tagId: TagId
  readonly client: MqttClient
}

/** What is promised: a change of the register is in force at ingest within a second. */
const inForce = () => sleep(1_000)

async function aPerson(wait = inForce): Promise<Person> {
  const { store } = database
  const wearerId = await aWearer(store)
  const orderId = await anOrder(store, wearerId)
  const tagId = await aTag(store)
  const activationId = await anActivation(store, wearerId, tagId)
  const credentials = await broker.addTag(tagId)
  const client = await connectAsync(broker.url, { ...credentials, clientId: credentials.username, protocolVersion: 4 })
  await wait()
  return { wearerId, orderId, activationId, tagId, client }
}

async function forbid(person: Person) {
  const zoneId = await aZone(database.store, {
    geometry: { type: 'Circle', center: [inside.lon, inside.lat], radius: 300 },
  })
  await aCondition(database.store, person.orderId, zoneId)
  return zoneId
}

const send = ({ client, tagId }: Person, message: unknown) =>
  client.publishAsync(
    `cordon/v1/tags/${tagId}/fixes`,
    typeof message === 'string' ? message : JSON.stringify(message),
    { qos: 1 },
  )
const fix = (at: { lon: number; lat: number }, ago: number, seq: number) => ({
  ...at,
  ...{ time: Date.now() - ago, seq, accuracy: 6, source: 'gnss' },
})

/** A walk of `total` seconds: half of it far away, then, after a ride of ten minutes, in the zone. */
const walked = (index: number, total: number) =>
  index < total / 2
    ? fix(far, (total - index) * 1_000 + 10 * MINUTE, index)
    : fix(inside, (total - index) * 1_000, index)

const count = async (table: string, where = 'true', values: readonly unknown[] = []) => {
  const [row] = await database.store.query<{ n: string }>(`select count(*) as n from ${table} where ${where}`, values)
  return Number(row?.n)
}
const incidentsOf = (person: Person) =>
  database.store.query<{ id: string; kind: string; certainty: string; ended_at: number | null; zone_version: number }>(
    'select id, kind, certainty, ended_at, zone_version from incidents where wearer_id = $1 order by id',
    [person.wearerId],
  )

describe('ingest', () => {
  it('stores a track, raises one incident for an episode, and takes a zone made while it runs within a second', async () => {
    const person = await aPerson()
    await send(person, fix(far, 45 * MINUTE, 1))
    await forbid(person)
    await inForce()
    // a tag that lies still is proved by fixes so far apart that their errors differ
    for (const [index, ago] of [35, 25, 15, 5].entries()) await send(person, fix(inside, ago * MINUTE, 2 + index))
    await until(async () => (await incidentsOf(person))[0]?.certainty === 'confirmed', 'the breach is confirmed')
    expect(await incidentsOf(person)).toMatchObject([{ kind: 'exclusion-breach', ended_at: null }])
    await until(
      async () => (await count('fixes', 'activation_id = $1', [person.activationId])) === 5,
      'five fixes are there',
    )
    await person.client.endAsync(true)
  })

  it('goes on with the same incident when the zone is edited around a standing wearer', async () => {
    const person = await aPerson()
    const zoneId = await forbid(person)
    await inForce()
    await send(person, fix(inside, 5 * MINUTE, 1))
    await send(person, fix(inside, 4 * MINUTE, 2))
    await until(async () => (await incidentsOf(person)).length === 1, 'the breach is raised')
    await database.store.transaction(async inner => {
      await inner.query('update zone_versions set valid_to = now() where zone_id = $1 and valid_to is null', [zoneId])
      await inner.query(
        `insert into zone_versions (zone_id, version, name, geometry, buffer_m, valid_from, created_by)
         select zone_id, 2, name, jsonb_set(geometry, '{radius}', '500'), buffer_m, now(), 'test'
           from zone_versions where zone_id = $1`,
        [zoneId],
      )
    })
    await inForce()
    await send(person, fix(inside, 0, 3))
    await send(person, fix(inside, -30_000, 4))
    await until(
      async () => (await count('fixes', 'activation_id = $1', [person.activationId])) === 4,
      'all fixes are there',
    )
    expect(await incidentsOf(person)).toHaveLength(1)
    await person.client.endAsync(true)
  })

  it('quarantines each malformed message with its reason and loses none of the good ones', async () => {
    const person = await aPerson()
    const before = await count('quarantine')
    const sent = Array.from({ length: 200 }, (_, index) =>
      send(person, index % 10 === 3 ? `{"time": ${index}, "lat":` : fix(far, (200 - index) * 1_000, index)),
    )
    await Promise.all(sent)
    await until(
      async () => (await count('fixes', 'activation_id = $1', [person.activationId])) === 180,
      '180 fixes are there',
    )
    await until(async () => (await count('quarantine')) - before === 20, '20 messages are in quarantine')
    expect(await count('quarantine', `tag_id = $1 and code <> '' and detail <> ''`, [person.tagId])).toBe(20)
    await person.client.endAsync(true)
  })

  it('refuses what a tag says that is registered for another source, or fitted to nobody', async () => {
    const traccar = await aTag(database.store, { id: 'traccar-1', protocol: 'traccar' })
    const loose = await aTag(database.store, { id: 'loose-1' })
    await inForce()
    for (const id of [traccar, loose]) {
      const client = await connectAsync(broker.url, { ...(await broker.addTag(id)), protocolVersion: 4 })
      await client.publishAsync(`cordon/v1/tags/${id}/fixes`, JSON.stringify(fix(inside, 0, 1)), { qos: 1 })
      await client.endAsync(true)
    }
    await until(
      async () => (await count('quarantine', `tag_id in ('traccar-1', 'loose-1')`)) === 2,
      'both are kept aside',
    )
    const rows = await database.store.query(
      `select tag_id, code from quarantine where tag_id in ('traccar-1', 'loose-1') order by tag_id`,
    )
    expect(rows).toEqual([
      { tag_id: 'loose-1', code: 'not-fitted' },
      { tag_id: 'traccar-1', code: 'wrong-protocol' },
    ])
  })

  it('takes what a tag says that was registered and fitted this very moment', async () => {
    for (let times = 0; times < 5; times++) {
      const person = await aPerson(() => Promise.resolve())
      await send(person, fix(far, 0, 1))
      await until(async () => (await count('fixes', 'activation_id = $1', [person.activationId])) === 1, 'it is there')
      expect(await count('quarantine', 'tag_id = $1', [person.tagId])).toBe(0)
      await person.client.endAsync(true)
    }
  })

  it('loses, doubles and quarantines nothing when its database connections are cut again and again', async () => {
    const person = await aPerson()
    await forbid(person)
    await inForce()
    const total = 1_000
    const cutting = new AbortController()
    const cut = (async () => {
      while (!cutting.signal.aborted) {
        await sleep(150)
        await database.store.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ingest-1' and datname = current_database()`,
        )
      }
    })()
    for (let index = 0; index < total; index++) await send(person, walked(index, total))
    cutting.abort()
    await cut
    await until(
      async () => (await count('fixes', 'activation_id = $1', [person.activationId])) === total,
      'all are there',
    )
    expect(await incidentsOf(person)).toMatchObject([{ kind: 'exclusion-breach', certainty: 'confirmed' }])
    expect(await count('quarantine', 'tag_id = $1', [person.tagId])).toBe(0)
    expect(await count('set_aside', 'activation_id = $1', [person.activationId])).toBe(0)
    await person.client.endAsync(true)
  }, 60_000)

  it('loses and doubles nothing when it is killed under load, and goes on with the same incident', async () => {
    const person = await aPerson()
    await forbid(person)
    await inForce()
    const total = 2_000
    const publishing = (async () => {
      for (let index = 0; index < total; index++) {
        await send(person, walked(index, total))
        if (index % 50 === 0) await sleep(20)
      }
    })()
    for (let kills = 0; kills < 2; kills++) {
      await sleep(400)
      await ingest.kill()
      ingest = await startIngest(database, broker)
    }
    await publishing
    await until(
      async () => (await count('fixes', 'activation_id = $1', [person.activationId])) === total,
      'every fix is there',
    )
    expect(await incidentsOf(person)).toMatchObject([{ kind: 'exclusion-breach', certainty: 'confirmed' }])
    expect(await count('set_aside', 'activation_id = $1', [person.activationId])).toBe(0)
    await person.client.endAsync(true)
  }, 60_000)

  it('stops cleanly under load when it is asked to, and goes on where it was', async () => {
    const person = await aPerson()
    const total = 500
    const publishing = (async () => {
      for (let index = 0; index < total; index++) await send(person, fix(far, (total - index) * 1_000, index))
    })()
    await sleep(200)
    await ingest.stop()
    expect(await ingest.exited).toEqual({ code: 0, signal: null })
    ingest = await startIngest(database, broker)
    await publishing
    await until(
      async () => (await count('fixes', 'activation_id = $1', [person.activationId])) === total,
      'all are there',
    )
    expect(await count('set_aside', 'activation_id = $1', [person.activationId])).toBe(0)
    await person.client.endAsync(true)
  }, 60_000)

  it('says what is missing when it cannot start, and ends', async () => {
    // while another one holds the line it would stand by
    await ingest.stop()
    const nowhere = { ...broker, ingestEnv: { ...broker.ingestEnv, CORDON_MQTT_URL: 'mqtt://127.0.0.1:1' } }
    await expect(startIngest(database, nowhere)).rejects.toThrow(/broker did not take the connection.*ECONNREFUSED/)
    const wrong = { ...broker, ingestEnv: { ...broker.ingestEnv, CORDON_MQTT_CA_FILE: '/nowhere/ca.crt' } }
    await expect(startIngest(database, wrong)).rejects.toThrow(/CORDON_MQTT_CA_FILE cannot be read/)
  })
})
