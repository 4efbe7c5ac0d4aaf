import type { LiveProvisional } from '@cordon/contract'
import { createError, createLogger, sleep } from '@cordon/runtime'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Batcher, createBatcher } from '../batch.ts'
import type { ReceivedMessage } from '../subscribe/create-subscriber.ts'
import { aScene, fixAt, messageOf, minutes, type Scene } from '../testing/a-scene.ts'
import { until } from '../testing/start-ingest.ts'
import { type Provisional, startProvisional } from './start-provisional.ts'

let scene: Scene
let batcher: Batcher
let provisional: Provisional
let told: LiveProvisional[]
const logger = createLogger({ name: 'test', level: 'silent' })

/** The line with its batcher and what tells of breaches, on a real database that a test can block. */
beforeAll(async () => {
  scene = await aScene()
})
afterAll(() => scene.end())
afterEach(async () => {
  provisional.stop()
  await batcher.stop()
})

/** The network's doing: nothing gets to the database. */
let isAway = false
function run(messages: readonly ReceivedMessage[]): Promise<void> {
  if (isAway) return Promise.reject(createError('database-unavailable', 'cut off by the test'))
  return scene.line.runOnce(messages)
}

function start() {
  told = []
  batcher = createBatcher({
    ...{ run, quarantine: () => Promise.resolve(), done: () => undefined },
    ...{ maxMessages: 100, random: () => 0.5, clock: scene.clock, logger },
  })
  provisional = startProvisional({
    ...{
      instance: 'ingest-1',
      batcher,
      register: scene.register,
      states: scene.line.states,
      clock: scene.clock,
      logger,
    },
    live: { publishProvisional: message => told.push(message) > 0 },
    elapsed: () => performance.now(),
  })
}

const receive = (message: ReceivedMessage) => {
  scene.clock.set(message.receivedAt)
  batcher.add(message)
}
const cut = (at: number) =>
  messageOf(scene.person, { time: minutes(at), seq: at, type: 'strap-cut' }, minutes(at) + 1_000, 'events')
const walk = (at: number, eastM: number) => messageOf(scene.person, fixAt(at, eastM), minutes(at) + 1_000)
const newest = () => told.at(-1)?.alerts ?? []

/** Nobody can write until it is let go: the database is slow, and answers everything else. */
async function block(): Promise<() => Promise<void>> {
  let release: () => void = () => undefined
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  let isHeld = false
  const blocking = scene.store.transaction(async inside => {
    await inside.query('lock table incidents, fixes, device_events, watch_states in access exclusive mode')
    isHeld = true
    await held
  })
  await until(() => isHeld, 'the tables are locked')
  return () => {
    release()
    return blocking
  }
}

describe('while the database does not take what is held', () => {
  it('a critical breach is told before it is recorded, once, and becomes one incident', async () => {
    start()
    receive(walk(0, 5_000))
    await until(() => batcher.held().length === 0, 'the first fix is recorded')
    const release = await block()
    receive(walk(1, 5_000))
    receive(cut(1))
    await until(() => newest().length === 1, 'the breach is told')
    const [alert] = newest()
    expect(alert).toMatchObject({
      ...{ kind: 'strap-tamper', severity: 'critical', wearerId: scene.person.wearerId, endedAt: null },
      ...{ happenedAt: new Date(minutes(1)).toISOString(), position: { accuracy: 10 } },
    })
    expect(provisional.count()).toBe(1)
    // the committed states know nothing of it
    expect(scene.line.states.get(scene.person.activationId).told).toEqual([])
    await release()
    await until(() => newest().length === 0, 'it is told no more')
    const incidents = await scene.incidents()
    expect(incidents.map(({ episode_id }) => episode_id)).toEqual([alert?.episodeId])
  })

  it('what is no breach, or is one of less severity, is not told, and what is on record is not told again', async () => {
    start()
    const release = await block()
    receive(walk(3, 5_000))
    receive(cut(3)) // within the fold of the first one: the same incident, which is on record
    await sleep(3_500)
    expect(newest()).toEqual([])
    await release()
    await until(() => batcher.held().length === 0, 'all is recorded')
    expect(await scene.incidents()).toHaveLength(1)
  })

  it('it is withdrawn when the last word is another', async () => {
    const endCondition = async (at: Date | null) => {
      await scene.store.query('update conditions set valid_to = $1', [at])
      await scene.register.refresh()
    }
    start()
    isAway = true
    receive(walk(40, 5_000))
    for (let second = 60; second < 260; second++) receive(walk(40 + second / 60, 0))
    await until(() => newest().length === 1, 'the breach is told')
    expect(newest()).toMatchObject([{ kind: 'exclusion-breach' }])
    // The register knows now what it did not then: the condition was over before.
    await endCondition(new Date(minutes(39)))
    isAway = false
    await until(() => newest().length === 0, 'it is told no more')
    expect((await scene.incidents()).map(({ kind }) => kind)).not.toContain('exclusion-breach')
    await endCondition(null)
  })

  it('holds for many messages in bounded turns, each judged once', async () => {
    start()
    const release = await block()
    for (let second = 0; second < 400; second++) receive(walk(60 + second / 60, second < 200 ? 5_000 : 0))
    await until(() => newest().some(({ kind }) => kind === 'exclusion-breach'), 'the breach is told')
    const [alert] = newest()
    await release()
    await until(() => batcher.held().length === 0, 'all is recorded')
    await until(() => newest().length === 0, 'it is told no more')
    const breaches = (await scene.incidents()).filter(({ kind }) => kind === 'exclusion-breach')
    expect(breaches.map(({ episode_id }) => episode_id)).toEqual([alert?.episodeId])
  })
})
