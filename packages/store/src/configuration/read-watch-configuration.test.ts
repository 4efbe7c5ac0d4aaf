import type { ZoneGeometry } from '@cordon/contract'
import {
  aCondition,
  aMonitoredWearer,
  anActivation,
  anOrder,
  aPass,
  aSuspension,
  aTag,
  aWearer,
  aZone,
  createTestDatabase,
  type TestDatabase,
} from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfigurationCursor } from '../register/read-configuration-cursor.ts'
import { replaceZone } from '../register/replace-zone.ts'
import { affectedWearers } from './affected-wearers.ts'
import { readConfigurationChanges } from './read-configuration-changes.ts'
import { readTags } from './read-tags.ts'
import { readWatchConfiguration } from './read-watch-configuration.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const day = (n: number) => Date.UTC(2026, 0, n)

describe('what an activation is watched for', () => {
  it('is its conditions, each in force while its order and itself are, with passes; a shared zone is given once', async () => {
    const { store } = database
    const corridor: ZoneGeometry = { type: 'Circle', center: [-0.9, 52.2], radius: 40 }
    const zoneId = await aZone(store, { kind: 'restriction', bufferM: 50, from: day(1) })
    const [first, second] = [await aWearer(store), await aWearer(store)]
    const [tag, other] = [await aTag(store, { protocol: 'owntracks' }), await aTag(store)]
    const activationId = await anActivation(store, first, tag, { from: day(2), to: day(30) })
    await anActivation(store, second, other, { from: day(2) })
    const order = await anOrder(store, first, { from: day(3), to: day(20) })
    const conditionId = await aCondition(store, order, zoneId, { from: day(1), to: day(25) })
    await aPass(store, conditionId, { from: day(6), to: day(7) })
    await aPass(store, conditionId, { from: day(4), to: day(5), corridor })
    await aCondition(store, order, zoneId, { from: day(21) }) // never in force: the order has ended
    const openEnded = await aCondition(store, await anOrder(store, second), zoneId, { from: day(5) })

    const { activations, zones } = await readWatchConfiguration(store, { wearerIds: [first, second] })
    const condition = { zoneId, kind: 'restriction', hours: null, priority: 0 }
    const passes = [
      { from: day(4), to: day(5), corridor },
      { from: day(6), to: day(7), corridor: null },
    ]
    expect(activations).toMatchObject([
      {
        activation: { id: activationId, wearerId: first, tagId: tag, protocol: 'owntracks', from: day(2), to: day(30) },
        conditions: [{ ...condition, conditionId, from: day(3), to: day(20), passes }],
      },
      {
        activation: { wearerId: second, to: null },
        conditions: [{ ...condition, conditionId: openEnded, from: day(5), to: null, passes: [] }],
      },
    ])
    expect([...zones]).toMatchObject([
      [
        zoneId,
        {
          zoneId,
          kind: 'restriction',
          versions: [{ version: 1, bufferM: 50, from: day(1), to: null, geometry: { type: 'Circle', radius: 200 } }],
        },
      ],
    ])
  })

  it('leaves out conditions that end before it or begin after it, and on demand activations that ended long ago', async () => {
    const { store } = database
    const { wearerId, orderId, zoneId } = await aMonitoredWearer(store)
    const past = await anActivation(store, wearerId, await aTag(store), { from: day(1), to: day(2) })
    const old = await aCondition(store, orderId, zoneId, { from: day(1), to: day(2) })
    const of = async (endedAfter?: number) =>
      (
        await readWatchConfiguration(store, {
          wearerIds: [wearerId],
          ...(endedAfter === undefined ? {} : { endedAfter }),
        })
      ).activations
    expect(
      (await of()).find(({ activation }) => activation.id === past)?.conditions.map(({ conditionId }) => conditionId),
    ).toContain(old)
    expect((await of(day(2))).map(({ activation }) => activation.id)).not.toContain(past)
    const later = await aCondition(store, orderId, zoneId, { from: day(3) })
    expect(
      (await of()).find(({ activation }) => activation.id === past)?.conditions.map(({ conditionId }) => conditionId),
    ).not.toContain(later)
  })

  it('has every version of a zone, oldest first, each ending where the next begins', async () => {
    const { store } = database
    const { wearerId, zoneId } = await aMonitoredWearer(store)
    const geometry = { type: 'Circle', center: [-1, 52], radius: 10 }
    await store.transaction(inside => replaceZone(inside, zoneId, { name: 'moved', geometry, bufferM: 5, by: 'test' }))
    const versions = (await readWatchConfiguration(store, { wearerIds: [wearerId] })).zones.get(zoneId)?.versions ?? []
    expect(versions.map(({ version }) => version)).toEqual([1, 2])
    expect(versions[0]?.to).toBe(versions[1]?.from)
    expect(versions[1]).toMatchObject({ bufferM: 5, to: null, geometry: { radius: 10 } })
  })
})

describe('how closely an activation is watched', () => {
  it('is the worst risk of the orders that are not over, with the orders and suspensions that reach into it', async () => {
    const { store } = database
    const year = 365 * 86_400_000
    const { wearerId, activationId } = await aMonitoredWearer(store)
    const past = await anActivation(store, wearerId, await aTag(store), { from: day(1), to: day(3) })
    await anOrder(store, wearerId, { from: day(2), to: day(9), risk: 'critical' })
    await aSuspension(store, wearerId, { from: day(3), to: day(4) })
    await aSuspension(store, wearerId, { from: day(1), to: day(2), reason: 'on remand' })
    const read = async (id: string) =>
      (await readWatchConfiguration(store, { wearerIds: [wearerId] })).activations.find(
        ({ activation }) => activation.id === id,
      )
    expect(await read(past)).toMatchObject({
      risk: 'standard',
      suspensions: [{ from: day(1), to: day(2), reason: 'on remand' }],
      orders: [
        { to: null, risk: 'standard' },
        { from: day(2), to: day(9), risk: 'critical' },
      ],
    })
    await anOrder(store, wearerId, { from: Date.now() + year, risk: 'high' })
    const watched = await read(activationId)
    expect(watched).toMatchObject({ risk: 'high', orders: [{}, {}, { risk: 'high' }] })
    expect(watched?.suspensions).toHaveLength(2)
    expect((await read(past))?.orders).toHaveLength(2)
  })
})

describe('a change of the register', () => {
  it('leads to the wearers it concerns', async () => {
    const { store } = database
    const one = await aMonitoredWearer(store)
    const two = await aMonitoredWearer(store, { zoneId: one.zoneId })
    const stranger = await aMonitoredWearer(store)
    const affectedBy = async (change: () => Promise<unknown>) => {
      const before = await readConfigurationCursor(store)
      await change()
      const changes = await readConfigurationChanges(store, before, 100)
      expect(changes.length).toBeGreaterThan(0)
      return [...(await affectedWearers(store, changes))].sort()
    }
    const both = [one.wearerId, two.wearerId].sort()
    expect(await affectedBy(() => aPass(store, one.conditionId, { from: day(1), to: day(2) }))).toEqual([one.wearerId])
    expect(await affectedBy(() => aCondition(store, two.orderId, stranger.zoneId))).toEqual([two.wearerId])
    expect(await affectedBy(() => anOrder(store, one.wearerId))).toEqual([one.wearerId])
    expect(await affectedBy(() => aSuspension(store, two.wearerId, { from: day(1), to: day(2) }))).toEqual([
      two.wearerId,
    ])
    expect(
      await affectedBy(() => store.execute('update zone_versions set buffer_m = 9 where zone_id = $1', [one.zoneId])),
    ).toEqual(both)
    expect(
      await affectedBy(() =>
        store.execute('update activations set valid_to = now() where id = $1', [two.activationId]),
      ),
    ).toEqual([two.wearerId])
    expect(
      await affectedBy(() => store.execute(`update tags set protocol = 'traccar' where id = $1`, [one.tagId])),
    ).toEqual([one.wearerId])
    expect(await affectedBy(() => aTag(store))).toEqual([])
  })

  it('is read in pages in the order of commit', async () => {
    const { store } = database
    const start = await readConfigurationCursor(store)
    const tags = [await aTag(store), await aTag(store), await aTag(store)]
    const page = await readConfigurationChanges(store, start, 2)
    const rest = await readConfigurationChanges(store, page[1]?.cursor ?? start, 2)
    expect([...page, ...rest].map(({ entity, entityId }) => [entity, entityId])).toEqual(tags.map(id => ['tags', id]))
    expect(rest.at(-1)?.cursor).toBe(await readConfigurationCursor(store))
  })
})

describe('an activation', () => {
  it('is refused while its tag is on somebody, and allowed the moment that ends', async () => {
    const { store } = database
    const tag = await aTag(store)
    await anActivation(store, await aWearer(store), tag, { from: day(1), to: day(5) })
    const overlapping = anActivation(store, await aWearer(store), tag, { from: day(4) })
    await expect(overlapping).rejects.toMatchObject({
      code: '23P01',
      constraint: 'activations_of_a_tag_do_not_overlap',
    })
    const next = [
      anActivation(store, await aWearer(store), tag, { from: day(5) }),
      anActivation(store, await aWearer(store), tag, { from: day(6) }),
    ]
    const outcomes = await Promise.allSettled(next) // at the same time: one of the two
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('tags', () => {
  it('are known with their protocol, all or those asked for', async () => {
    const { store } = database
    const id = await aTag(store, { protocol: 'traccar' })
    const known = await aTag(store)
    expect(await readTags(store, [id])).toEqual([{ id, protocol: 'traccar', isRevoked: false }])
    expect(await readTags(store, [])).toEqual([])
    expect((await readTags(store)).map(tag => tag.id)).toEqual(expect.arrayContaining([id, known]))
  })
})
