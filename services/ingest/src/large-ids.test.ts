import { aMonitoredWearer, raiseSequences } from '@cordon/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { aScene, fixAt, type Scene, walk } from './testing/a-scene.ts'

let scene: Scene
beforeEach(async () => {
  scene = await aScene()
  await raiseSequences(scene.store)
})
afterEach(() => scene.end())

it('ids beyond 2^53 go through fixes, states, late fixes and incidents as they are', async () => {
  const { store, register } = scene
  const person = await aMonitoredWearer(store)
  const neighbour = await aMonitoredWearer(store)
  await register.refresh()
  expect(BigInt(person.activationId)).toBeGreaterThan(2n ** 53n)

  await scene.live([fixAt(0, 900), ...walk(1, [0, 5, 0, 5]), fixAt(30, 900)], person)
  await scene.live([fixAt(0, 900), fixAt(5, 900)], neighbour)
  await scene.restart()
  await scene.live([fixAt(31, 900), fixAt(32, 900), fixAt(33, 900)], person)
  await scene.send(40, [fixAt(4, 0), fixAt(2, 1)].reverse(), neighbour)

  for (const { activationId, wearerId, zoneId, conditionId } of [person, neighbour]) {
    const [incident, ...others] = await store.query(
      `select wearer_id, zone_id, condition_id, episode_id, kind from incidents where activation_id = $1`,
      [activationId],
    )
    expect(others).toEqual([])
    expect(incident).toEqual({
      ...{ wearer_id: wearerId, zone_id: zoneId, condition_id: conditionId, kind: 'exclusion-breach' },
      episode_id: expect.stringContaining(activationId),
    })
    for (const table of ['fixes', 'watch_states'])
      expect(
        (await store.query(`select from ${table} where activation_id = $1`, [activationId])).length,
      ).toBeGreaterThan(0)
  }
  const cursors = await store.query<{ cursor: string }>('select cursor from incident_changes order by cursor')
  expect(BigInt(cursors[0]?.cursor ?? 0)).toBeGreaterThan(2n ** 53n)
  expect(scene.line.published.flatMap(({ cursor }) => cursor ?? []).at(-1)).toBe(cursors.at(-1)?.cursor)
})
