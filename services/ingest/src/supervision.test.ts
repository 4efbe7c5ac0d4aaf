import type { OrderId } from '@cordon/contract'
import { createLogger } from '@cordon/runtime'
import { listRollCall } from '@cordon/store'
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
} from '@cordon/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepHouse } from './keeping/start-housekeeping.ts'
import { holdRollCall } from './start-roll-call.ts'
import { aScene, fixAt, MINUTE, minutes, placeAt, putPolicy, type Scene, walk } from './testing/a-scene.ts'

const FAR = 900
const THROUGH = [150, 90, 30, -30, -90]
const logger = createLogger({ name: 'test', level: 'silent' })
let scene: Scene
beforeEach(async () => {
  scene = await aScene()
})
afterEach(() => scene.end())

describe('what is never confirmed', () => {
  it('closes itself, and the list of actions says so and why', async () => {
    await scene.live([fixAt(0, FAR), fixAt(1, 150), ...walk(2, [FAR, FAR, FAR])])
    const [incident] = await scene.incidents()
    expect(incident).toMatchObject({ state: 'closed', outcome: 'unconfirmed', conclusion: 'unconfirmed' })
    const actions = await scene.store.query('select type, by_whom, body from incident_actions where incident_id = $1', [
      incident?.id,
    ])
    expect(actions).toEqual([
      { type: 'close', by_whom: 'cordon', body: { text: incident?.reason.text, outcome: 'unconfirmed' } },
    ])
  })
})

describe('the device', () => {
  it('a cut strap is an incident until it is restored', async () => {
    await scene.live(walk(0, [FAR, FAR]))
    await scene.event(2, 'strap-cut')
    expect(await scene.incidents()).toMatchObject([
      { kind: 'strap-tamper', certainty: 'confirmed', happened_at: minutes(2), ended_at: null },
    ])
    await scene.event(3, 'strap-cut')
    await scene.event(5, 'strap-restored')
    expect(await scene.incidents()).toMatchObject([{ conclusion: 'restored', ended_at: minutes(5) }])
    expect(await scene.count('device_events')).toBe(3)
  })

  it('a strap that was cut an hour ago, of which the tag tells now, is a late incident', async () => {
    await scene.live(walk(0, [FAR, FAR]))
    await scene.live(walk(70, [FAR]))
    const { clock, line, person } = scene
    clock.set(minutes(75))
    const cut = { time: minutes(10), seq: 9, type: 'strap-cut' }
    const topic = `cordon/v1/tags/${person.tagId}/events`
    const payload = Buffer.from(JSON.stringify(cut))
    await line.run([{ topic, payload, receivedAt: clock.now(), connection: 1, messageId: 1 }])
    expect(await scene.incidents()).toMatchObject([{ kind: 'strap-tamper', late: true, happened_at: minutes(10) }])
  })

  it('a battery that runs low is one incident that becomes worse, and ends when it is charged', async () => {
    const levels = [40, 22, 19, 17, 12, 9, 8]
    await scene.live(levels.map((battery, index) => fixAt(index * 30, FAR, { battery })))
    const battery = (await scene.incidents()).filter(({ kind }) => kind === 'battery')
    expect(battery).toMatchObject([{ ended_at: null }])
    await scene.event(185, 'charging')
    await scene.live([95, 99].map((level, index) => fixAt(240 + index, FAR, { battery: level })))
    expect((await scene.incidents()).filter(({ kind }) => kind === 'battery')).toMatchObject([
      { conclusion: 'restored' },
    ])
  })
})

describe('silence', () => {
  const silence = async () => (await scene.incidents()).filter(({ kind }) => kind === 'silence')

  it('is raised after the time that the plan allows, by the clock alone, and ends with a report', async () => {
    await scene.live(walk(0, [FAR, FAR]))
    for (let minute = 2; minute < 15; minute++) await scene.tick(minute)
    expect(await silence()).toEqual([])
    for (let minute = 15; minute < 19; minute++) await scene.tick(minute)
    expect(await silence()).toMatchObject([{ happened_at: minutes(1) + 1_000, ended_at: null, state: 'open' }])
    await scene.restart()
    await scene.tick(19)
    expect(await silence()).toHaveLength(1)
    await scene.live([fixAt(20, FAR)])
    expect(await silence()).toMatchObject([{ conclusion: 'restored', ended_at: minutes(20) + 1_000 }])
  })

  it('is not counted while nothing could have come', async () => {
    await scene.live(walk(0, [FAR, FAR]))
    scene.line.listening = false
    for (let minute = 2; minute < 40; minute++) await scene.tick(minute)
    expect(await silence()).toEqual([])
  })

  it('with a known reason is no alarm', async () => {
    const { store, register, person } = scene
    await aSuspension(store, person.wearerId, { from: minutes(0), to: minutes(600) })
    await register.refresh()
    await scene.live(walk(0, [FAR]))
    for (let minute = 1; minute < 40; minute++) await scene.tick(minute)
    expect(await silence()).toEqual([])
  })
})

describe('a tag that moves to another wearer', () => {
  it('is judged as whose it was when it was measured, also what it sends late', async () => {
    const { store, register, person } = scene
    await scene.live(walk(0, [FAR, FAR]))
    await store.query('update activations set valid_to = $2 where id = $1', [
      person.activationId,
      new Date(minutes(10)),
    ])
    const wearerId = await aWearer(store)
    await aCondition(store, await anOrder(store, wearerId), await aZone(store))
    const activationId = await anActivation(store, wearerId, person.tagId, { from: minutes(12) })
    await register.refresh()
    const next = { ...person, wearerId, activationId }
    await scene.live(walk(15, [FAR, FAR]))
    // of the first wearer, of neither, and of the second
    await scene.send(40, [...walk(2, [...THROUGH, FAR, FAR]), fixAt(11, 0), ...walk(20, [...THROUGH, FAR, FAR])])
    expect(await scene.incidents()).toMatchObject([{ happened_at: minutes(2), ended_at: minutes(6), late: true }])
    expect(await scene.incidents(next)).toMatchObject([{ happened_at: minutes(20), ended_at: minutes(24), late: true }])
    expect(await scene.count('fixes')).toBe(9)
    expect(await scene.count('set_aside', `reason = 'after-activation'`)).toBe(1)
  })
})

describe('the register', () => {
  it('a new version of the policy is what is judged by that is measured from then on, late or not', async () => {
    const { store, register } = scene
    await putPolicy(store, minutes(30), { nearMissProbability: 0.9, possibleProbability: 0.99 })
    await register.refresh()
    await scene.live([fixAt(0, FAR), fixAt(60, FAR)])
    await scene.send(90, [...walk(10, [...THROUGH, FAR, FAR]), ...walk(40, [...THROUGH, FAR, FAR])])
    const policies = (await scene.incidents()).map(({ happened_at, reason }) => [happened_at, reason.policyVersion])
    expect(policies).toEqual([
      [minutes(10), 2],
      [minutes(40), 3],
    ])
  })

  it('hours and a pass with a corridor: only in its hours, and not on the permitted way', async () => {
    const { store, register, person } = scene
    const hours = { timeZone: 'Europe/London', weekly: [{ days: ['mon'], from: '11:00', to: '20:00' }] }
    await store.query('update conditions set hours = $2 where id = $1', [person.conditionId, JSON.stringify(hours)])
    const corridor = {
      type: 'Polygon' as const,
      coordinates: [
        [-0.95, -0.85, -0.85, -0.95, -0.95].map((lon, index) => [lon, index === 2 || index === 3 ? 52.2408 : 52.2402]),
      ],
    }
    await aPass(store, person.conditionId, { from: minutes(120), to: minutes(180), corridor })
    await register.refresh()
    await scene.live([fixAt(0, FAR), ...walk(10, [...THROUGH, -FAR, -FAR])])
    expect(await scene.incidents()).toEqual([])
    await scene.live([...walk(70, [...THROUGH, -FAR, -FAR])])
    const one = [{ kind: 'exclusion-breach', happened_at: minutes(70) }]
    expect(await scene.incidents()).toMatchObject(one)
    await scene.live([...walk(130, [...THROUGH, -FAR, -FAR])])
    expect(await scene.incidents()).toMatchObject(one)
    const beside = { lat: 52.2405 + 0.0009 }
    await scene.live([...walk(150, [100, 40, -20, -80], beside), ...walk(155, [-FAR, -FAR])])
    expect(await scene.incidents()).toMatchObject([...one, { happened_at: minutes(150) }])
  })

  it('a zone of interest is a visit', async () => {
    const { store, register, person } = scene
    const zone = await aZone(store, {
      kind: 'interest',
      geometry: { type: 'Circle', center: [...placeAt(2_000)], radius: 200 },
    })
    await aCondition(store, person.orderId, zone)
    await register.refresh()
    await scene.live([...walk(0, [FAR, 1_900, 1_950, 2_000, 2_050]), ...walk(6, [FAR, FAR])])
    expect(await scene.incidents()).toEqual([])
    const visits = await store.query('select began_at, ended_at, disproved from visits where activation_id = $1', [
      person.activationId,
    ])
    expect(visits).toEqual([{ began_at: minutes(1), ended_at: minutes(4), disproved: false }])
  })
})

describe('the roll-call', () => {
  it('finds who is believed to be monitored and is not', async () => {
    const { store, register, clock, line, person } = scene
    const wearers = await Promise.all([1, 2].map(() => aWearer(store)))
    const [untagged = person.wearerId, unordered = person.wearerId] = wearers
    const orderId: OrderId = await anOrder(store, untagged)
    const loose = await anActivation(store, unordered, await aTag(store), { from: minutes(-60) })
    const silent = await aMonitoredWearer(store)
    await aSuspension(store, silent.wearerId, { from: minutes(-10), to: minutes(600), reason: 'in hospital' })
    await register.refresh()
    await scene.live(walk(0, [FAR, FAR]))
    clock.set(minutes(5))
    await holdRollCall({ store, register, states: line.states, clock, logger })
    const { items } = await listRollCall(store, undefined, { limit: 50 })
    const found = items.map(({ problem, wearerId }) => [problem, wearerId])
    expect(found).toEqual([
      ['order-without-tag', untagged],
      ['tag-without-order', unordered],
      ['never-heard', unordered],
      ['known-silence', silent.wearerId],
    ])
    expect(items).toMatchObject([
      { orderId },
      { activationId: loose },
      { activationId: loose },
      { activationId: silent.activationId, reason: 'suspended: in hospital' },
    ])
    for (let minute = 6; minute < 23; minute++) await scene.tick(minute)
    await holdRollCall({ store, register, states: line.states, clock, logger })
    const later = (await listRollCall(store, undefined, { limit: 50 })).items
    expect(later.find(({ problem }) => problem === 'not-reporting')).toMatchObject({
      activationId: person.activationId,
    })
  })
})

describe('housekeeping', () => {
  it('deletes near misses when their time is over, and thins checkpoints', async () => {
    const { store, clock } = scene
    await scene.live([...walk(0, [FAR, 206, FAR]), ...walk(20, [206, FAR]), fixAt(33, FAR)])
    expect(await scene.count('near_misses')).toBe(2)
    clock.set(minutes(34))
    await keepHouse({ store, clock, logger, nearMissesMs: 15 * MINUTE })
    expect(await scene.count('near_misses')).toBe(1)
    await scene.live(Array.from({ length: 30 }, (_, index) => fixAt(40 + index * 60, FAR)))
    expect(await scene.count('watch_checkpoints')).toBe(29)
    clock.set(minutes(30 * 24 * 60))
    await keepHouse({ store, clock, logger, nearMissesMs: 15 * MINUTE })
    expect(await scene.count('near_misses')).toBe(0)
    expect(await scene.count('watch_checkpoints')).toBeLessThan(5)
  })
})
