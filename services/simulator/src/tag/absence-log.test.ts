import { expect, it } from 'vitest'
import { towards } from '../ground/point.ts'
import type { Life } from '../life/create-life.ts'
import { createPopulation } from '../people/create-population.ts'
import type { Truth } from '../truth/create-truth-file.ts'
import { createAbsenceLog } from './absence-log.ts'
import { createLifeClock } from './life-clock.ts'

const MINUTE_MS = 60_000
const at = (text: string) => Date.parse(text)
const [someone] = createPopulation(1, 1).wearers
if (someone === undefined) throw new Error('nobody')
const wearer = { ...someone, curfew: { from: '19:00', to: '07:00' } }
const hours = { from: at('2026-11-22T19:00Z'), to: at('2026-11-23T07:00Z') }

/** 300 m from home in the given times, at home in all others. */
function lifeAway(...away: readonly (readonly [string, string])[]): Life {
  const isAway = (time: number) => away.some(([from, to]) => time >= at(from) && time < at(to))
  const point = (time: number) => (isAway(time) ? towards(wearer.home, 1, 300) : wearer.home)
  return {
    at: time => ({
      point: point(time),
      speedMps: 0,
      direction: undefined,
      surroundings: 'street',
      isHome: !isAway(time),
    }),
    dayOf: () => ({ from: 0, to: 1 }),
    errandAt: () => undefined,
  }
}

function observed(life: Life, from: string, to: string, curfew: typeof wearer.curfew | null = wearer.curfew) {
  const lines: Extract<Truth, { type: 'absence' }>[] = []
  const clock = createLifeClock(at(from), 1)
  const log = createAbsenceLog({ wearer: { ...wearer, curfew }, life, clock, add: line => void lines.push(line) })
  for (let time = at(from); time < at(to); time += MINUTE_MS) log.pass(time)
  log.stop()
  return lines
}

it('begins an absence with the hours when the wearer was away before, and ends it with the return', () => {
  const life = lifeAway(['2026-11-22T18:00Z', '2026-11-22T19:20:20Z'])
  const [line, ...others] = observed(life, '2026-11-22T17:30Z', '2026-11-22T21:00Z')
  expect(others).toEqual([])
  expect(line).toMatchObject({ type: 'absence', tagId: wearer.tagId, place: wearer.home.name, hours })
  expect(Math.abs((line?.from ?? 0) - hours.from)).toBeLessThanOrEqual(500)
  expect(Math.abs((line?.to ?? 0) - at('2026-11-22T19:20:20Z'))).toBeLessThanOrEqual(500)
})

it('ends one with the hours, and puts on record one that the run ends in', () => {
  const life = lifeAway(['2026-11-23T06:30Z', '2026-11-23T09:00Z'], ['2026-11-23T20:00Z', '2026-11-23T22:00Z'])
  const lines = observed(life, '2026-11-23T06:00Z', '2026-11-23T20:30Z')
  expect(lines).toHaveLength(2)
  expect(Math.abs((lines[0]?.to ?? 0) - hours.to)).toBeLessThanOrEqual(500)
  expect(lines[1]?.to).toBe(at('2026-11-23T20:29Z'))
})

it('knows nothing of people without a curfew', () => {
  expect(
    observed(lifeAway(['2026-11-22T18:00Z', '2026-11-23T18:00Z']), '2026-11-22T19:00Z', '2026-11-23T19:00Z', null),
  ).toEqual([])
})
