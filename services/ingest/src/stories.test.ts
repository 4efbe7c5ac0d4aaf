import { afterEach, describe, expect, it } from 'vitest'
import { aScene, fixAt, messageOf, minutes, placeAt, type Scene, walk } from './testing/a-scene.ts'

let scene: Scene
afterEach(() => scene.end())

const FAR = 900
/** Into the zone and through it at a walk, a minute apart: two of them are a proof. */
const THROUGH = [150, 90, 30, -30, -90]
const CURFEW = { timeZone: 'Europe/London', weekly: [{ days: ['mon'], from: '11:00', to: '20:00' }] }

async function edit({ store, register, person }: Scene, at: number, radius: number) {
  await store.transaction(async inner => {
    const [{ version } = { version: 0 }] = await inner.query<{ version: number }>(
      `update zone_versions set valid_to = $2 where zone_id = $1 and valid_to is null returning version`,
      [person.zoneId, new Date(minutes(at))],
    )
    await inner.query(
      `insert into zone_versions (zone_id, version, name, geometry, valid_from, created_by) values ($1, $2, 'edited', $3, $4, 'test')`,
      [
        person.zoneId,
        version + 1,
        JSON.stringify({ type: 'Circle', center: placeAt(0), radius }),
        new Date(minutes(at)),
      ],
    )
  })
  await register.refresh()
}

describe('the five stories', () => {
  it('late fix: judged by the zone as it was then, raised once, marked late, with both clocks', async () => {
    scene = await aScene()
    await edit(scene, 60, 30)
    await scene.live([...walk(0, [FAR, FAR]), ...walk(120, [FAR, FAR])])
    expect(await scene.incidents()).toEqual([])
    await scene.send(180, walk(10, [...THROUGH, FAR, FAR]).toReversed())
    const expected = {
      ...{ kind: 'exclusion-breach', certainty: 'confirmed', conclusion: 'left', late: true, zone_version: 1 },
      ...{ happened_at: minutes(10), received_at: minutes(180), ended_at: minutes(14), state: 'open' },
    }
    expect(await scene.incidents()).toMatchObject([expected])
    expect(await scene.count('fixes')).toBe(11)
    expect(await scene.count('set_aside')).toBe(0)
    expect(scene.line.published.at(-1)?.cursor).toMatch(/^\d+$/)
  })

  it('curfew begun while away: the clock raises it, no fix need come', async () => {
    scene = await aScene({ zone: { kind: 'inclusion' } })
    const { store, register, person } = scene
    await store.query('update conditions set hours = $2 where id = $1', [person.conditionId, JSON.stringify(CURFEW)])
    await register.refresh()
    await scene.live(walk(57, [FAR, FAR]))
    await scene.tick(64)
    expect(await scene.incidents()).toEqual([])
    await scene.tick(65)
    const raised = { kind: 'inclusion-absence', certainty: 'possible', happened_at: minutes(60), late: false }
    expect(await scene.incidents()).toMatchObject([{ ...raised, ended_at: null }])
    await scene.live(walk(66, Array(10).fill(FAR)))
    expect(await scene.incidents()).toMatchObject([{ ...raised, certainty: 'confirmed' }])
    await scene.tick(10 * 60)
    const lapsed = (await scene.incidents()).find(({ kind }) => kind === 'inclusion-absence')
    expect(lapsed).toMatchObject({ conclusion: 'lapsed', ended_at: minutes(600) })
  })

  it('redelivery three times: each message four times over is one incident with one count', async () => {
    scene = await aScene()
    const { clock, person, line } = scene
    const way = walk(0, [FAR, ...THROUGH, FAR, FAR])
    for (const fix of way) {
      clock.set(fix.time + 1_000)
      const message = messageOf(person, fix, clock.now())
      await line.run([message, message])
      await line.run([message])
      await line.run([message])
    }
    await line.run(way.map(fix => messageOf(person, fix, clock.now())))
    expect(await scene.count('fixes')).toBe(way.length)
    expect(await scene.incidents()).toMatchObject([
      { certainty: 'confirmed', conclusion: 'left', reason: { entries: 1 } },
    ])
    expect(await scene.changes()).toBe(3)
  })

  it('zone edited around a standing wearer: one incident, judged against the version of that minute', async () => {
    scene = await aScene()
    await edit(scene, 4.5, 400)
    await scene.live(walk(0, Array(5).fill(300)))
    expect(await scene.incidents()).toEqual([])
    await scene.live(walk(5, Array(10).fill(300)))
    await edit(scene, 14.5, 600)
    await scene.live(walk(15, Array(3).fill(300)))
    expect(await scene.incidents()).toMatchObject([
      { certainty: 'confirmed', ended_at: null, happened_at: minutes(5), reason: { entries: 1 } },
    ])
    await edit(scene, 17.5, 50)
    await scene.live(walk(18, Array(10).fill(300)))
    expect(await scene.incidents()).toMatchObject([{ zone_version: 3, reason: { entries: 1 } }])
    expect((await scene.incidents())[0]?.ended_at).not.toBeNull()
  })

  it('restart in the middle of an episode: nothing is said twice, nothing is lost, and it goes on', async () => {
    scene = await aScene()
    await scene.live(walk(0, [FAR, 150]))
    const before = await scene.incidents()
    expect(before).toMatchObject([{ ended_at: null }])
    await scene.restart()
    expect(await scene.incidents()).toEqual(before)
    await scene.live(walk(1, [...THROUGH, FAR, FAR]))
    const [after, ...others] = await scene.incidents()
    expect(others).toEqual([])
    expect(after).toMatchObject({ id: before[0]?.id, certainty: 'confirmed', conclusion: 'left', ended_at: minutes(5) })
  })

  it('restart while a late stretch waits: it is judged again by the next process', async () => {
    scene = await aScene()
    await scene.live([...walk(0, [FAR, FAR]), ...walk(30, [FAR, FAR])])
    const { clock, line, person } = scene
    clock.set(minutes(40))
    // the late fixes are committed, and nothing of their stretch is read before the process is killed
    await line.runOnce([messageOf(person, walk(10, [...THROUGH, FAR, FAR]), clock.now())])
    expect(line.states.late()).toEqual([person.activationId])
    expect(await scene.incidents()).toEqual([])
    await scene.restart()
    expect(scene.line.states.late()).toEqual([person.activationId])
    await scene.tick(41)
    expect(await scene.incidents()).toMatchObject([{ certainty: 'confirmed', late: true, happened_at: minutes(10) }])
    expect(scene.line.states.late()).toEqual([])
  })
})

describe('what came late', () => {
  it('a backlog newest first in many messages comes to what its sorted timeline comes to', async () => {
    const way = [...walk(0, Array(8).fill(FAR)), ...walk(8, [260, ...THROUGH, 210, FAR, FAR, FAR, 100, 90, FAR, FAR])]
    scene = await aScene()
    await scene.send(200, way)
    const telling = async () =>
      (await scene.incidents()).map(({ id: _id, received_at: _at, late: _late, episode_id: _episode, ...row }) => ({
        ...row,
        ...{ activation_id: 0, wearer_id: 0, zone_id: 0, condition_id: 0, raised_at: 0, changed_at: 0 },
        closed_at: null,
      }))
    const sorted = await telling()
    expect(sorted.length).toBeGreaterThan(0)
    await scene.end()
    scene = await aScene()
    await scene.send(198, [fixAt(197, FAR)])
    for (const fix of way.toReversed()) await scene.send(200, [fix])
    await scene.restart()
    expect(await telling()).toEqual(sorted)
    expect(await scene.count('set_aside')).toBe(0)
  })

  it('a fix that comes while its stretch is read is judged with it', async () => {
    scene = await aScene()
    const { clock, line, person } = scene
    await scene.live([...walk(0, [FAR, FAR]), ...walk(30, [FAR])])
    clock.set(minutes(40))
    await line.runOnce([messageOf(person, walk(10, THROUGH.slice(0, 3)), clock.now())])
    // read is the stretch up to here; what follows is committed while it is
    await line.runOnce([messageOf(person, [fixAt(31, FAR), ...walk(13, [-30, -90, FAR, FAR])], clock.now())])
    await line.run([])
    expect(await scene.incidents()).toMatchObject([
      { certainty: 'confirmed', conclusion: 'left', happened_at: minutes(10), ended_at: minutes(14) },
    ])
    expect(line.states.get(person.activationId).timeline.at).toBe(minutes(31))
  })

  it('disproves an incident that an operator has acknowledged: it stays acknowledged, marked as disproved', async () => {
    scene = await aScene({ zone: { kind: 'inclusion' } })
    const { store, register, person } = scene
    await store.query('update conditions set hours = $2 where id = $1', [person.conditionId, JSON.stringify(CURFEW)])
    await register.refresh()
    await scene.live(walk(57, [FAR, FAR]))
    await scene.tick(66)
    const [raised] = await scene.incidents()
    await store.query(
      `update incidents set state = 'acknowledged', owner = 'kim', acknowledged_at = now() where id = $1`,
      [raised?.id],
    )
    await scene.send(67, [fixAt(59.5, 0), fixAt(62, 0), fixAt(66, 0)])
    expect(await scene.incidents()).toMatchObject([
      { id: raised?.id, state: 'acknowledged', owner: 'kim', conclusion: 'disproved', outcome: null },
    ])
    expect((await scene.incidents())[0]?.reason.text).toContain(raised?.reason.text)
  })

  it('replaces the near misses of the stretch, also one that was under way where judging began', async () => {
    scene = await aScene()
    const near = () =>
      scene.store.query<{ began_at: number; ended_at: number }>(
        'select began_at, ended_at from near_misses where activation_id = $1 order by began_at',
        [scene.person.activationId],
      )
    // 10:59 to 11:02, over the hour at which a checkpoint is made
    await scene.live([fixAt(0, FAR), ...walk(59, [206, 206, 206, 206]), ...walk(70, [FAR, FAR])])
    const before = await near()
    expect(before).toMatchObject([{ began_at: minutes(59) }])
    expect(before[0]?.ended_at).toBeGreaterThan(minutes(60))
    await scene.send(80, [fixAt(71.5, FAR)])
    expect(await near()).toEqual(before)
    await scene.send(81, walk(60.25, [150, 90]))
    expect((await scene.incidents())[0]).toMatchObject({ kind: 'exclusion-breach', late: true })
    for (const { ended_at } of await near()) expect(ended_at).toBeLessThan(minutes(60))
  })

  it('keeps a checkpoint an hour and begins at the last one before it', async () => {
    scene = await aScene()
    await scene.live(Array.from({ length: 26 }, (_, index) => fixAt(index * 10, FAR)))
    expect(await scene.count('watch_checkpoints')).toBe(4)
    const { store } = scene
    // were anything before the checkpoint of 13:00 London read, it would be found not to be there
    await store.query('delete from fixes where measured_at < $1', [new Date(minutes(170))])
    const before = scene.line.states.get(scene.person.activationId)
    await scene.send(260, [fixAt(205, FAR)])
    const after = scene.line.states.get(scene.person.activationId)
    expect({ ...after.timeline, recent: [] }).toEqual({ ...before.timeline, recent: [] })
    expect(after.timeline.recent).toEqual(
      [...before.timeline.recent, [minutes(205), 205 * 60]].sort(([a = 0], [b = 0]) => a - b).slice(-16),
    )
    expect(await scene.count('watch_checkpoints')).toBe(4)
  })
})
