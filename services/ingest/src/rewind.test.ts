import { createError } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import { aMonitoredWearer, type MonitoredWearer } from '@cordon/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readStarts, readStretches } from './read-pasts.ts'
import { aLine } from './testing/a-line.ts'
import { aScene, fixAt, messageOf, minutes, type Scene, walk } from './testing/a-scene.ts'

const FAR = 900
const THROUGH = [150, 90, 30, -30, -90, FAR, FAR]
let scene: Scene
beforeEach(async () => {
  scene = await aScene()
})
afterEach(() => scene.end())

const breach = { kind: 'exclusion-breach', certainty: 'confirmed', late: true }

async function others(count: number): Promise<readonly MonitoredWearer[]> {
  const { store, register } = scene
  const people: MonitoredWearer[] = []
  for (let n = 0; n < count; n++) people.push(await aMonitoredWearer(store))
  await register.refresh()
  return people
}
const messages = (people: readonly MonitoredWearer[], said: readonly object[]) =>
  people.map(person => messageOf(person, said, scene.clock.now()))

describe('late stretches', () => {
  it('one that cannot be judged holds up nobody, can be seen, and is tried again later', async () => {
    const { clock, line, store, person } = scene
    const people = [person, ...(await others(2))]
    clock.set(minutes(100))
    await line.run(messages(people, [fixAt(0, FAR), fixAt(59, FAR)]))
    await line.run(messages(people, [fixAt(61, FAR), fixAt(99, FAR)]))
    await store.query(
      `update watch_checkpoints set timeline = jsonb_set(timeline, '{zones}', '5') where activation_id = $1`,
      [person.activationId],
    )
    const { rewinder, states } = line
    const late = messages(people, walk(70, THROUGH))
    await line.runOnce(late)
    const judged = async () => (await Promise.all(people.map(scene.incidents))).map(found => found.length)
    await until(async () => (await judged()).join() === '0,1,1' && rewinder.failing() === 1)
    expect([rewinder.waiting(), rewinder.failing()]).toEqual([1, 1])
    clock.set(minutes(101))
    await line.runOnce(messages([person], [fixAt(100, 0)]))
    expect(await scene.incidents()).toMatchObject([{ happened_at: minutes(100), late: false }])
    await store.query('delete from watch_checkpoints where activation_id = $1', [person.activationId])
    await line.run([])
    expect((await scene.incidents())[0]).toMatchObject({ ...breach, happened_at: minutes(70) })
    expect([rewinder.waiting(), rewinder.failing()]).toEqual([0, 0])
    expect(states.get(person.activationId).rewindFrom).toBeNull()
  })

  it('wait while the database is away, and are no fault of their own', async () => {
    const { store, register, clock, person } = scene
    let isAway = false
    const away = () => Promise.reject(createError('database-unavailable', 'away'))
    const unlucky: Store = { ...store, query: (...given) => (isAway ? away() : store.query(...given)) }
    const line = await aLine({ store: unlucky, register, clock })
    clock.set(minutes(40))
    await line.run(messages([person], [fixAt(0, FAR), fixAt(30, FAR)]))
    isAway = true
    await line.runOnce(messages([person], walk(10, THROUGH)))
    for (let n = 0; n < 3; n++) {
      await line.rewinder.stop()
      await line.runOnce([])
    }
    expect([line.rewinder.waiting(), line.rewinder.failing()]).toEqual([1, 0])
    isAway = false
    await line.run([])
    expect(await scene.incidents()).toMatchObject([breach])
  })

  it('are not lost when the answer to their commit is', async () => {
    const { store, register, clock, person } = scene
    let loses = 0
    const unlucky: Store = {
      ...store,
      transaction: async work => {
        const result = await store.transaction(work)
        if (loses-- > 0) throw createError('database-unavailable', 'the connection was lost after the commit')
        return result
      },
    }
    const line = await aLine({ store: unlucky, register, clock })
    clock.set(minutes(40))
    await line.run(messages([person], [fixAt(0, FAR), fixAt(30, FAR)]))
    await line.runOnce(messages([person], walk(10, THROUGH)))
    loses = 1
    await line.rewinder.stop()
    await line.run([])
    expect(loses).toBeLessThan(0)
    expect(await scene.incidents()).toMatchObject([breach])
    expect(await scene.changes()).toBe(1)
  })

  it('are read anew when something older comes than where the reading began', async () => {
    const { clock, line, person } = scene
    await scene.live([fixAt(0, FAR), fixAt(50, FAR), fixAt(61, FAR), fixAt(90, FAR)])
    clock.set(minutes(100))
    await line.runOnce(messages([person], walk(70, THROUGH)))
    await line.runOnce(messages([person], walk(20, THROUGH)))
    await line.run([])
    expect(await scene.incidents()).toMatchObject([
      { ...breach, happened_at: minutes(20) },
      { ...breach, happened_at: minutes(70) },
    ])
  })

  it('of many wearers are judged each once, in groups', async () => {
    const people = await others(90)
    const { clock, line } = scene
    clock.set(minutes(60))
    await line.run(messages(people, [fixAt(0, FAR), fixAt(50, FAR)]))
    await line.run(messages(people, walk(10, THROUGH)))
    const rows = await scene.store.query<{ late: boolean; n: number }>(
      'select late, count(*)::int as n from incidents group by late',
    )
    expect(rows).toEqual([{ late: true, n: 90 }])
    expect(await scene.changes()).toBe(90)
  })
})

describe('readStretches', () => {
  it('gives up when there is more than is wanted at once, but for one alone', async () => {
    const { clock, line, store, register, person } = scene
    const people = [person, ...(await others(1))]
    clock.set(minutes(60))
    await line.run(messages(people, walk(0, Array(20).fill(FAR))))
    const questions = people.flatMap(({ activationId }) => {
      const activation = register.activation(activationId)
      return activation === undefined ? [] : [{ activation, rewindFrom: minutes(5) }]
    })
    const starts = await readStarts(store, questions)
    expect(starts.map(({ from }) => from)).toEqual([null, null])
    expect(await readStretches(store, starts, { atMost: 39 })).toBeNull()
    const lengths = async (atMost: number, of = starts) =>
      (await readStretches(store, of, { atMost }))?.map(({ observations }) => observations.length)
    expect(await lengths(40)).toEqual([20, 20])
    expect(await lengths(5, starts.slice(0, 1))).toEqual([20])
  })
})

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    await scene.line.runOnce([])
    await scene.line.rewinder.stop()
    if (await isSo()) return
  }
  throw new Error('it did not happen')
}
