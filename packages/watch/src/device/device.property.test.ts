import { DEVICE_EVENT_TYPES, type DeviceEvent, type Fix } from '@cordon/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EpisodeView } from '../told/episode-view.ts'
import { aFix, anEvent, HOUR, MINUTE, POLICY, START } from './device.fixture.ts'
import { type DeviceState, freshDevice } from './device-state.ts'
import { advanceDevice, deviceViews, observeEvent, observeFix } from './observe-device.ts'

/** Cases for each property; the full run asks for more. */
const RUNS = { numRuns: Number(process.env.CORDON_PROPERTY_RUNS ?? 1_000) }

type Observation = { readonly type: 'fix'; readonly fix: Fix } | { readonly type: 'event'; readonly event: DeviceEvent }

/** A battery that falls, faster or slower, and jumps now and then; events of all kinds; some moments shared by several. */
const stories = fc
  .array(
    fc.record({
      afterMin: fc.oneof(fc.constantFrom(0, 1, 1, 5), fc.integer({ min: 0, max: 300 })),
      fall: fc.oneof(fc.integer({ min: -1, max: 12 }), fc.integer({ min: -100, max: 100 })),
      hasLevel: fc.boolean(),
      event: fc.option(fc.constantFrom(...DEVICE_EVENT_TYPES)),
    }),
    { maxLength: 60 },
  )
  .map(steps => {
    let [atMin, level] = [0, 90]
    const observations = steps.map(
      ({ afterMin, fall, hasLevel, event }, seq): Observation & { readonly at: number } => {
        atMin += event === null ? Math.max(afterMin, 1) : afterMin
        level = Math.min(100, Math.max(0, level - fall))
        const told = hasLevel ? level : null
        const at = START + atMin * MINUTE
        return event === null
          ? { type: 'fix', at, fix: aFix(atMin, told, seq) }
          : { type: 'event', at, event: anEvent(event, atMin, told, seq) }
      },
    )
    const rank = ({ type }: Observation) => (type === 'event' ? 0 : 1)
    return observations.sort((a, b) => a.at - b.at || rank(a) - rank(b))
  })

/** Parts of a per cent, to the tenth and finer, with those halfway between two tenths. */
const fineSteps = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 20 }).map(n => n / 20),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ),
  { minLength: 1 },
)

function withLevels(
  observations: readonly Observation[],
  change: (level: number, i: number) => number,
): readonly Observation[] {
  const changed = (level: number | null, i: number) => (level === null ? null : change(level, i))
  return observations.map((observation, i) =>
    observation.type === 'fix'
      ? { type: 'fix', fix: { ...observation.fix, battery: changed(observation.fix.battery, i) } }
      : { type: 'event', event: { ...observation.event, battery: changed(observation.event.battery, i) } },
  )
}

function observe(state: DeviceState, observation: Observation) {
  return observation.type === 'fix'
    ? observeFix(state, observation.fix, POLICY)
    : observeEvent(state, observation.event, POLICY)
}

function run(observations: readonly Observation[]) {
  let state = freshDevice
  const views: EpisodeView[] = []
  for (const observation of observations) {
    const result = observe(state, observation)
    state = result.state
    views.push(...result.views)
  }
  return { state, views }
}

const throughJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value))
const identity = ({ subject, beganAt }: EpisodeView) => `${subject}:${beganAt}`

/** What each episode came to, however often it was told. */
function outcomes(views: readonly EpisodeView[]): Map<string, EpisodeView> {
  return new Map(views.map(view => [identity(view), view]))
}

describe('whatever a tag says', () => {
  it('repeats of it change nothing', () => {
    fc.assert(
      fc.property(stories, observations => {
        const repeated = observations.flatMap(observation => [observation, observation])
        expect(run(repeated)).toEqual(run(observations))
      }),
      RUNS,
    )
  })

  it('asking the clock in between, once or twice, changes neither the state nor what came of it', () => {
    fc.assert(
      fc.property(stories, fc.array(fc.nat(10 * HOUR)), (observations, waits) => {
        const end = START + 30 * 24 * HOUR
        let asked = freshDevice
        const views: EpisodeView[] = []
        const advance = (until: number) => {
          const result = advanceDevice(asked, until, POLICY)
          asked = result.state
          views.push(...result.views)
        }
        for (const [i, observation] of observations.entries()) {
          const next = observe(asked, observation)
          asked = next.state
          views.push(...next.views)
          const before = observations[i + 1]?.at ?? end
          const wait = Math.min(before, observation.at + (waits[i] ?? 0))
          advance(Math.floor((observation.at + wait) / 2))
          advance(wait)
        }
        advance(end)
        const plain = run(observations)
        const last = advanceDevice(plain.state, end, POLICY)
        expect(asked).toEqual(last.state)
        expect(outcomes(views)).toEqual(outcomes([...plain.views, ...last.views]))
      }),
      RUNS,
    )
  })

  it('the state is plain JSON, and goes on from it as if nothing had happened', () => {
    fc.assert(
      fc.property(stories, fc.nat(60), (observations, cut) => {
        const half = throughJson(run(observations.slice(0, cut)).state)
        expect(throughJson(run(observations))).toStrictEqual(run(observations))
        let state = half
        for (const observation of observations.slice(cut)) state = observe(state, observation).state
        expect(state).toStrictEqual(run(observations).state)
      }),
      RUNS,
    )
  })

  it('at most one episode of a subject is under way, each ends after it began, and the views are those told last', () => {
    fc.assert(
      fc.property(stories, observations => {
        const { state, views } = run(observations)
        const alive = deviceViews(state)
        expect(new Set(alive.map(({ subject }) => subject)).size).toBe(alive.length)
        const told = outcomes(views)
        for (const view of alive) expect(told.get(identity(view))).toEqual(view)
        for (const [id, { beganAt, endedAt, conclusion, reason }] of told) {
          expect((endedAt ?? beganAt) >= beganAt).toBe(true)
          expect(conclusion === null).toBe(endedAt === null)
          expect(reason.fixes.length).toBeLessThanOrEqual(16)
          if (endedAt === null) expect(alive.map(identity)).toContain(id)
        }
      }),
      RUNS,
    )
  })

  it('levels as the record keeps them, 4-byte floats, come to the same states and judgements', () => {
    fc.assert(
      fc.property(stories, fineSteps, (observations, steps) => {
        const live = withLevels(observations, (level, i) => level + (steps[i % steps.length] ?? 0))
        expect(run(withLevels(live, Math.fround))).toEqual(run(live))
      }),
      RUNS,
    )
  })

  it('the state stays small: below 300 bytes when nothing is wrong', () => {
    fc.assert(
      fc.property(stories, observations => {
        let state = freshDevice
        for (const observation of observations) {
          state = observe(state, observation).state
          if (state.episodes.length === 0) expect(JSON.stringify(state).length).toBeLessThan(300)
        }
      }),
      RUNS,
    )
  })
})
