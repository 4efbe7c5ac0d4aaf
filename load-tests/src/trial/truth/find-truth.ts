import { createFrame } from '../ground/frame.ts'
import type { Scenario, ScriptedCondition } from '../scenario.ts'
import { followWay } from '../way/follow-way.ts'
import { createLieOf, type Lie } from './lie-of-condition.ts'

/** A maximal stretch of the true way, epoch ms. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly greatestDepthM: number
}

/** What truly happened, whatever was measured of it. */
export interface ConditionTruth {
  readonly conditionId: string
  /** All the time on the wrong side while the condition held there. */
  readonly past: readonly Stretch[]
  /** What of it had to be found: without the grace at the beginning of the hours. */
  readonly entries: readonly Stretch[]
  /** Entries less than `REJOIN_MS` apart: one matter for the people who deal with it. */
  readonly episodes: readonly Stretch[]
  /** On the wrong side or in the buffer. */
  readonly near: readonly Stretch[]
}

/** The way is looked at once a second: 1.4 m for a walker, 13 m at 30 mph. */
const SAMPLE_S = 1
/** The design's "re-entry within a stated time joins the same incident". */
const REJOIN_MS = 600_000

/** Conditions of zones to keep out of and to stay in; a zone of interest has no breach. */
export function findTruth(scenario: Scenario): ConditionTruth[] {
  const frame = createFrame(scenario.anchor)
  return scenario.conditions
    .filter(({ kind }) => kind !== 'interest')
    .map(condition => {
      const { past, near } = walkAlong(scenario, createLieOf(condition, frame))
      const entries = past.flatMap(stretch => withoutGrace(stretch, condition, scenario.startsAt))
      return { conditionId: condition.id, past, entries, episodes: joined(entries), near }
    })

  function walkAlong({ way, activation, startsAt }: Scenario, lieOf: ReturnType<typeof createLieOf>) {
    const placeAt = followWay(way)
    const [past, near] = [createStretches(startsAt), createStretches(startsAt)]
    const endS = Math.min(way.endS, activation.toS)
    for (let atS = Math.max(0, activation.fromS); atS < endS; atS += SAMPLE_S) {
      const place = placeAt(atS)
      const lie: Lie = lieOf(atS, place, frame.toLonLat(place.x, place.y))
      past.add(atS, lie.isPast, lie.depthM)
      near.add(atS, lie.isNear, lie.depthM)
    }
    return { past: past.done(endS), near: near.done(endS) }
  }
}

function createStretches(startsAt: number) {
  const stretches: Stretch[] = []
  let fromS: number | undefined
  let deepestM = 0
  const end = (toS: number) => {
    if (fromS === undefined) return
    stretches.push({ from: startsAt + fromS * 1_000, to: startsAt + toS * 1_000, greatestDepthM: deepestM })
    fromS = undefined
  }
  return {
    add(atS: number, isIn: boolean, depthM: number) {
      if (!isIn) return end(atS)
      deepestM = fromS === undefined ? depthM : Math.max(deepestM, depthM)
      fromS ??= atS
    },
    done(endS: number) {
      end(endS)
      return stretches
    },
  }
}

/** A stretch that begins with the hours is due only from their grace on. */
function withoutGrace(stretch: Stretch, { applies, graceS }: ScriptedCondition, startsAt: number): Stretch[] {
  const beginsWithHours = applies.some(({ fromS }) => Math.abs(startsAt + fromS * 1_000 - stretch.from) <= 2_000)
  const from = stretch.from + (beginsWithHours ? graceS * 1_000 : 0)
  return from < stretch.to ? [{ ...stretch, from }] : []
}

function joined(entries: readonly Stretch[]): Stretch[] {
  const episodes: Stretch[] = []
  for (const entry of entries) {
    const last = episodes.at(-1)
    if (last === undefined || entry.from - last.to > REJOIN_MS) episodes.push(entry)
    else {
      const greatestDepthM = Math.max(last.greatestDepthM, entry.greatestDepthM)
      episodes[episodes.length - 1] = { from: last.from, to: entry.to, greatestDepthM }
    }
  }
  return episodes
}
