import type { ZoneGeometry } from '@cordon/contract'
import { createLogger, systemClock } from '@cordon/runtime'
import { insertPolicy } from '@cordon/store'
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
  type MonitoredWearer,
  type TestDatabase,
} from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aLive } from '../testing/a-live.ts'
import { until } from '../testing/start-ingest.ts'
import { type RunningRegister, startRegister } from './start-register.ts'

const DAY = 86_400_000
const logger = createLogger({ name: 'test', level: 'silent' })
const clock = systemClock
let database: TestDatabase
let register: RunningRegister
const live = aLive()

beforeAll(async () => {
  database = await createTestDatabase()
  register = await startRegister({ store: database.store, live, clock, logger })
})
/** A condition as its wearer is judged by it: one for each version of its zone. */
const watchedBy = ({ activationId, conditionId }: Pick<MonitoredWearer, 'activationId' | 'conditionId'>) =>
  register.activation(activationId)?.context.groupOf(conditionId)?.versions ?? []

afterAll(async () => {
  await register.stop()
  await database.drop()
})

describe('the register', () => {
  it('knows a new wearer after a refresh, and by itself without any hint', async () => {
    const first = await aMonitoredWearer(database.store)
    await register.refresh()
    expect(register.activation(first.activationId)).toMatchObject({
      wearerId: first.wearerId,
      context: { activation: { activationId: first.activationId }, risk: 'standard' },
    })
    expect(watchedBy(first)).toMatchObject([
      { conditionId: first.conditionId, zoneVersion: 1, kind: 'exclusion', priority: 0 },
    ])
    const second = await aMonitoredWearer(database.store)
    await until(() => watchedBy(second).length === 1, 'it is known', 5_000)
  })

  it('looks at once when it is told to', async () => {
    const readAt = register.readAt()
    live.hint({ cursor: '1' as never })
    await until(() => register.readAt() > readAt, 'it has looked', 5_000)
  })

  it('holds every version of a zone, the first since ever', async () => {
    const person = await aMonitoredWearer(database.store, { zone: { from: Date.now() - DAY } })
    const { zoneId } = person
    await database.store.transaction(async inner => {
      await inner.query('update zone_versions set valid_to = now() where zone_id = $1 and valid_to is null', [zoneId])
      await inner.query(
        `insert into zone_versions (zone_id, version, name, geometry, buffer_m, valid_from, created_by)
         select zone_id, 2, 'Market, moved', geometry, 50, now(), 'test' from zone_versions where zone_id = $1`,
        [zoneId],
      )
    })
    await register.refresh()
    const versions = watchedBy(person)
    expect(versions.map(({ zoneVersion, bufferM }) => [zoneVersion, bufferM])).toEqual([
      [1, 0],
      [2, 50],
    ])
    expect(versions[0]?.from).toBe(Date.UTC(2020, 0, 1))
    expect(versions[0]?.to).toBe(versions[1]?.from)
    expect(register.activation(person.activationId)?.zoneNames).toEqual([{ zoneId, name: 'Market, moved' }])
  })

  it('takes the end of an activation and the move of its tag to another wearer', async () => {
    const { tagId, activationId } = await aMonitoredWearer(database.store)
    await register.refresh()
    const at = Date.now() - 1_000
    await database.store.query('update activations set valid_to = $2 where id = $1', [activationId, new Date(at)])
    const next = await anActivation(database.store, await aWearer(database.store), tagId, { from: at })
    await register.refresh()
    expect(register.tag(tagId)?.activations.map(({ id, to }) => [id, to])).toEqual([
      [activationId, at],
      [next, null],
    ])
  })

  it('takes passes, with the corridor where there is one', async () => {
    const person = await aMonitoredWearer(database.store)
    const pass = { from: Date.now(), to: Date.now() + DAY }
    const corridor: ZoneGeometry = { type: 'Circle', center: [-0.9027, 52.2405], radius: 50 }
    await aPass(database.store, person.conditionId, pass)
    await aPass(database.store, person.conditionId, { from: pass.to, to: pass.to + DAY, corridor })
    await register.refresh()
    const [condition] = watchedBy(person)
    expect(condition?.passes).toMatchObject([{ ...pass, corridor: null }, { from: pass.to }])
    expect(condition?.passes[1]?.corridor).toMatchObject({ shape: 'circle', radiusM: 50 })
  })

  it('takes hours, priority, suspensions and the risk of the order', async () => {
    const { store } = database
    const person = await aMonitoredWearer(store, { zone: { kind: 'inclusion' } })
    const hours = { timeZone: 'Europe/London', weekly: [{ days: ['mon'], from: '19:00', to: '07:00' }] }
    await store.query('update conditions set hours = $2, priority = 7 where id = $1', [
      person.conditionId,
      JSON.stringify(hours),
    ])
    await store.query(`update orders set risk = 'critical' where id = $1`, [person.orderId])
    const suspension = { from: Date.now(), to: Date.now() + DAY, reason: 'in hospital' }
    await aSuspension(store, person.wearerId, suspension)
    await register.refresh()
    const context = register.activation(person.activationId)?.context
    expect(context).toMatchObject({ risk: 'critical', suspensions: [suspension] })
    const [condition] = watchedBy(person)
    expect(condition).toMatchObject({ kind: 'inclusion', priority: 7 })
    expect(condition?.hours?.windowAt(Date.UTC(2026, 10, 23, 20))).toBeDefined()
    expect(condition?.hours?.windowAt(Date.UTC(2026, 10, 24, 20))).toBeUndefined()
  })

  it('judges what is measured from a new version of the policy on by it, for everybody', async () => {
    const { store } = database
    const person = await aMonitoredWearer(store)
    await register.refresh()
    const policies = () => register.activation(person.activationId)?.context.policies
    const before = policies()?.at(Date.now())
    const calmer = { defaults: { exitFixes: 9 }, note: 'calmer' }
    const { from } = await store.transaction(inside => insertPolicy(inside, calmer, 'test'))
    await register.refresh()
    expect(policies()?.at(Date.parse(from))).toMatchObject({ version: 2, exitFixes: 9 })
    expect(policies()?.at(Date.parse(from) - 1)).toEqual(before)
  })

  it('knows a tag before it is fitted, and by which source it speaks', async () => {
    const tagId = await aTag(database.store, { protocol: 'traccar' })
    expect(register.tag(tagId)).toBeUndefined()
    await register.refresh()
    expect(register.tag(tagId)).toEqual({ protocol: 'traccar', isRevoked: false, activations: [] })
  })

  it('tells of conditions that nobody watches, and watches the others all the same', async () => {
    expect(register.unwatched()).toBe(0)
    const person = await aMonitoredWearer(database.store)
    const broken = await aZone(database.store)
    await database.store.query(`update zone_versions set geometry = '{"type": "Polygon"}' where zone_id = $1`, [broken])
    const unwatched = await aCondition(database.store, person.orderId, broken)
    const odd = await aCondition(database.store, person.orderId, await aZone(database.store))
    await database.store.query(`update conditions set hours = '{"timeZone": "Mars/Base"}' where id = $1`, [odd])
    await register.refresh()
    expect(register.unwatched()).toBe(2)
    for (const conditionId of [unwatched, odd]) expect(watchedBy({ ...person, conditionId })).toEqual([])
    expect(watchedBy(person)).toHaveLength(1)
  })

  it('leaves out who was taken off it long ago, at its start and when their wearer changes', async () => {
    const wearerId = await aWearer(database.store)
    await anOrder(database.store, wearerId)
    const period = { from: Date.now() - 90 * DAY, to: Date.now() - 40 * DAY }
    const old = await anActivation(database.store, wearerId, await aTag(database.store), period)
    const recent = await anActivation(database.store, wearerId, await aTag(database.store), {
      from: Date.now() - 9 * DAY,
    })
    await register.refresh()
    const started = await startRegister({ store: database.store, live: aLive(), clock, logger })
    for (const known of [register, started]) {
      expect(known.activation(old)).toBeUndefined()
      expect(known.activation(recent)).toBeDefined()
    }
    expect([...started.activations()].length).toBe([...register.activations()].length)
    await started.stop()
  })
})

describe('a register without its database', () => {
  it('stays as it was, says so, and stops', async () => {
    const other = await createTestDatabase()
    const person = await aMonitoredWearer(other.store)
    const known = await startRegister({ store: other.store, live: aLive(), clock, logger })
    await other.drop()
    await expect(known.refresh()).rejects.toThrow()
    expect(known.activation(person.activationId)).toBeDefined()
    await known.stop()
  })
})
