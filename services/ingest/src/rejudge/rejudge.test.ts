import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { ZoneGeometry } from '@cordon/contract'
import { createLogger } from '@cordon/runtime'
import { aCondition, aZone } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aScene, fixAt, minutes, placeAt, type Scene, walk } from '../testing/a-scene.ts'
import { parseRejudgeOptions } from './options.ts'
import { runRejudge } from './run-rejudge.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const DAY_MS = 86_400_000
const HOME = 3_000
let scene: Scene

/** A day in the life: curfew at home, a breach, near misses, a visit, a cut strap, a battery, a backlog, a restart. */
async function aDay() {
  const { store, register, person } = scene
  const circle = (east: number, radius: number): ZoneGeometry => ({
    type: 'Circle',
    center: [...placeAt(east)],
    radius,
  })
  const interest = await aZone(store, { kind: 'interest', geometry: circle(1_500, 150) })
  await aCondition(store, person.orderId, interest)
  const home = await aZone(store, { kind: 'inclusion', geometry: circle(HOME, 100) })
  const curfew = await aCondition(store, person.orderId, home)
  const hours = { timeZone: 'Europe/London', weekly: [{ days: ['mon', 'tue'], from: '20:00', to: '07:00' }] }
  await store.query('update conditions set hours = $2 where id = $1', [curfew, JSON.stringify(hours)])
  await register.refresh()

  await scene.live(walk(0, [HOME, 2_500, 2_000, 1_550, 1_500, 1_450, 900, 900]))
  await scene.live(walk(20, [150, 90, 30, -30, -90, -500, -900, -900]))
  await scene.event(40, 'strap-cut')
  await scene.event(44, 'strap-restored')
  await scene.live(walk(59, [206, 206, 206, 400]).concat(walk(75, [900, 900])))
  await scene.live([30, 18, 9].map((battery, index) => fixAt(90 + index * 20, 900, { battery })))
  await scene.restart()
  await scene.live([fixAt(200, 900)])
  await scene.send(210, walk(140, [900, 150, 90, 30, -30, 900, 900]).toReversed())
  // away when the curfew begins, at 20:00 in London, and home at half past nine
  await scene.live([fixAt(595, 900), fixAt(599, 900)])
  for (const minute of [602, 606, 610]) await scene.tick(minute)
  await scene.live(walk(611, Array(8).fill(900)))
  for (let minute = 619; minute < 637; minute++) await scene.tick(minute)
  await scene.live(walk(690, [HOME, HOME, HOME, HOME]))
  await scene.tick(720)
}

beforeAll(async () => {
  scene = await aScene()
  await aDay()
}, 60_000)
afterAll(() => scene.end())

async function run(wearer: string = scene.person.wearerId, from = minutes(-60), to = minutes(24 * 60)) {
  const lines: string[] = []
  const isSame = await runRejudge(
    { wearer, from, to, json: false },
    {
      ...{ store: scene.store, logger, now: minutes(720), nearMissesMs: 90 * DAY_MS },
      print: text => lines.push(text),
    },
  )
  return { isSame, text: lines.join('\n'), last: lines.at(-1) }
}

/** Changes rows, and puts them back. */
async function whileItIsOtherwise(
  change: readonly [string, unknown[]],
  back: readonly [string, unknown[]],
  work: () => Promise<void>,
) {
  await scene.store.query(...change)
  try {
    await work()
  } finally {
    await scene.store.query(...back)
  }
}

describe('judging a simulated day again', () => {
  it('comes to what is on record, and shows what each judgement rests on', async () => {
    const kinds = (await scene.incidents()).map(({ kind }) => kind)
    expect(new Set(kinds)).toEqual(
      new Set(['exclusion-breach', 'strap-tamper', 'battery', 'silence', 'inclusion-absence']),
    )
    const { isSame, text, last } = await run()
    expect(text).not.toMatch(/^(otherwise|not on record|only on record)/m)
    expect(last).toMatch(/^\d+ judgements, all the same$/)
    expect(isSame).toBe(true)
    for (const part of ['exclusion-breach', 'near miss', 'visit', 'strap-tamper', 'battery', 'inclusion-absence'])
      expect(text).toContain(part)
    expect(text).toMatch(/distance -?[\d.]+ m, circle [\d.]+ m, P [\d.]+, zone version 1, in force .* to always/)
    expect(text).toContain('it is left out')
    expect(text).not.toContain('silence,')
  })

  it('begins at the last checkpoint before the time asked for, and compares only what reaches into it', async () => {
    const { text, last } = await run(scene.person.wearerId, minutes(135), minutes(160))
    expect(text).toMatch(/from the checkpoint of 2026-05-04T1[01]:/)
    expect(last).toMatch(/^\d+ judgements, all the same$/)
    expect(text).not.toContain('visit')
  })

  it('finds a stored fix that is not the one that was judged, by the judgements that it changes', async () => {
    const at = [scene.person.activationId, new Date(minutes(22))]
    const move = (lat: number): [string, unknown[]] => [
      'update fixes set lat = $3 where activation_id = $1 and measured_at = $2',
      [...at, lat],
    ]
    await whileItIsOtherwise(move(52.2423), move(52.2405), async () => {
      const { isSame, text, last } = await run()
      expect(isSame).toBe(false)
      expect(last).toMatch(/^\d+ judgements, 1 otherwise$/)
      const id = `${scene.person.activationId}:${scene.person.conditionId}:${minutes(20)}`
      expect(text).toMatch(new RegExp(`^otherwise +${id} `, 'm'))
      expect(text).toContain(`${minutes(22)}/1320`)
    })
    expect((await run()).isSame).toBe(true)
  })

  it('finds an incident that was altered, one that is gone, and one that is made up', async () => {
    const [breach] = await scene.incidents()
    const set = (certainty: string): [string, unknown[]] => [
      'update incidents set certainty = $2 where id = $1',
      [breach?.id, certainty],
    ]
    await whileItIsOtherwise(set('possible'), set('confirmed'), async () => {
      expect((await run()).text).toMatch(new RegExp(`^otherwise +${breach?.episode_id} `, 'm'))
    })
    const move = (ms: number): [string, unknown[]] => [
      `update incidents set happened_at = happened_at + $2 * interval '1 ms', ended_at = ended_at + $2 * interval '1 ms',
              reason = jsonb_set(reason, '{beganAt}', to_jsonb((reason ->> 'beganAt')::bigint + $2)) where id = $1`,
      [breach?.id, ms],
    ]
    await whileItIsOtherwise(move(180 * 60_000), move(-180 * 60_000), async () => {
      const { text, last } = await run()
      expect(last).toMatch(/ 2 otherwise$/)
      expect(text).toMatch(/^not on record /m)
      expect(text).toMatch(/^only on record /m)
    })
  })

  it('finds a near miss and a visit that are not as they were judged', async () => {
    const id = [scene.person.activationId]
    const nearer = (text: string): [string, unknown[]] => [
      `update near_misses set detail = jsonb_set(detail, '{text}', $2) where activation_id = $1`,
      [...id, JSON.stringify(text)],
    ]
    const [{ detail } = { detail: { text: '' } }] = await scene.store.query<{ detail: { text: string } }>(
      'select detail from near_misses where activation_id = $1',
      id,
    )
    await whileItIsOtherwise(nearer('nothing'), nearer(detail.text), async () => {
      expect((await run()).text).toMatch(/^otherwise .*near miss/m)
    })
    const visit = (ms: number): [string, unknown[]] => [
      `update visits set ended_at = ended_at + $2 * interval '1 ms' where activation_id = $1`,
      [...id, ms],
    ]
    await whileItIsOtherwise(visit(1_000), visit(-1_000), async () => {
      expect((await run()).text).toMatch(/^otherwise .*visit/m)
    })
    expect((await run()).isSame).toBe(true)
  })

  it('finds the wearer by reference, tells of one that is not there, and writes JSON', async () => {
    const { store, person } = scene
    const [row] = await store.query<{ reference: string }>('select reference from wearers where id = $1', [
      person.wearerId,
    ])
    expect((await run(row?.reference)).isSame).toBe(true)
    await expect(run('nobody')).rejects.toThrow('no wearer has the id or the reference "nobody"')
    await expect(run('999999')).rejects.toThrow('no wearer')
    const lines: string[] = []
    const options = { wearer: person.wearerId, from: minutes(0), to: minutes(30), json: true }
    const parts = {
      store,
      logger,
      now: minutes(720),
      nearMissesMs: 90 * DAY_MS,
      print: (text: string) => lines.push(text),
    }
    await runRejudge(options, parts)
    const said: unknown = JSON.parse(lines.join('\n'))
    expect(said).toMatchObject({
      wearerId: person.wearerId,
      leftOut: ['silence'],
      activations: [{ activationId: person.activationId, checkpoint: null, waitsToBeJudgedAgain: false }],
    })
  })
})

describe('the command', () => {
  const main = fileURLToPath(new URL('../rejudge-main.ts', import.meta.url))
  const command = async (...args: string[]) => {
    const env = { ...process.env, CORDON_DATABASE_URL: scene.url }
    const child = spawn(process.execPath, ['--conditions=@cordon/source', '--import', 'tsx', main, ...args], { env })
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
    return { stdout, stderr, code: code as number }
  }
  const period = ['--from', '2026-05-04T08:00:00Z', '--to', '2026-05-05T08:00:00Z']

  it('ends with 0 when all is the same, 1 when not, 2 with the reason when it cannot be done', async () => {
    const { person } = scene
    const good = await command('--wearer', person.wearerId, ...period)
    expect(good).toMatchObject({ code: 0, stderr: '' })
    expect(good.stdout).toMatch(/\d+ judgements, all the same\n$/)
    const set = (kind: string): [string, unknown[]] => [
      `update incidents set severity = $2 where activation_id = $1 and kind = 'strap-tamper'`,
      [person.activationId, kind],
    ]
    await whileItIsOtherwise(set('message'), set('critical'), async () => {
      expect(await command('--wearer', person.wearerId, ...period)).toMatchObject({ code: 1 })
    })
    const bad = await command('--wearer', 'nobody', ...period)
    expect(bad).toEqual({ code: 2, stdout: '', stderr: 'no wearer has the id or the reference "nobody"\n' })
    expect((await command('--wearer', '7')).stderr).toMatch(/^--from is missing: npm run rejudge/)
  }, 60_000)
})

describe('the options', () => {
  const good = ['--wearer', '7', '--from', '2026-05-04', '--to', '2026-05-04T12:00:00+01:00']
  it('are a wearer and a time', () => {
    const from = Date.UTC(2026, 4, 4)
    const to = Date.UTC(2026, 4, 4, 11)
    expect(parseRejudgeOptions(good)).toEqual({ wearer: '7', from, to, json: false })
    expect(parseRejudgeOptions([...good, '--json']).json).toBe(true)
  })

  it.each([
    [[], '--wearer is missing'],
    [good.slice(0, 2), '--from is missing'],
    [good.slice(0, 4), '--to is missing'],
    [good.with(3, 'yesterday'), '--from takes an instant such as 2026-11-22 or 2026-11-22T06:00:00Z, not "yesterday"'],
    [good.with(5, '2026-05-04T12:00'), '--to takes an instant'],
    [good.with(5, '2026-13-04'), '--to takes an instant'],
    [good.with(5, '2026-05-04'), '--to has to be after --from'],
    [[...good, '--all'], 'Unknown option'],
  ])('%j is refused: %s', (args, why) => {
    expect(() => parseRejudgeOptions(args)).toThrow(why)
  })
})
