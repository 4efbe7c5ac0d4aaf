import fc from 'fast-check'
import { createWatchContext, type WatchRegister } from '../context/watch-context.ts'
import { measuredAtOf, type Observation } from '../timeline/observation.ts'
import { registers } from './arbitrary-registers.fixture.ts'
import { timelines } from './arbitrary-timelines.fixture.ts'
import { Recorder } from './record.fixture.ts'
import { SECOND, START } from './timeline.fixture.ts'

/** In what order a timeline comes, in what batches, what of it again, and what ticks come between the batches. */
interface Arrival {
  readonly order: readonly number[]
  readonly batchSizes: readonly number[]
  readonly again: readonly number[]
  /** Seconds after `START`. */
  readonly ticks: readonly number[]
}

const arrivalOf = (length: number): fc.Arbitrary<Arrival> =>
  fc.record({
    order: fc.oneof(
      fc.array(fc.nat(), { minLength: length, maxLength: length }),
      fc.constant(Array.from({ length }, (_, i) => length - i)),
      // almost in order, as it is in life
      fc.array(fc.nat(3), { minLength: length, maxLength: length }).map(jitter => jitter.map((j, i) => i + j)),
      // a stretch of it comes last
      fc.tuple(fc.nat(length), fc.nat(length)).map(([a, b]) => backlog(length, Math.min(a, b), Math.max(a, b))),
      // every so-manieth comes last
      fc.tuple(fc.integer({ min: 2, max: 6 }), fc.nat(5)).map(([n, which]) => interleaved(length, n, which % n)),
    ),
    batchSizes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: length }),
    again: fc.array(fc.nat(length - 1), { maxLength: 6 }),
    ticks: fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 6 }),
  })

const backlog = (length: number, from: number, to: number): number[] =>
  Array.from({ length }, (_, i) => (i >= from && i < to ? length + i : i))

const interleaved = (length: number, n: number, which: number): number[] =>
  Array.from({ length }, (_, i) => (i % n === which ? length + i : i))

export interface Story {
  readonly observations: readonly Observation[]
  readonly register: WatchRegister
  readonly arrival: Arrival
}

export const stories: fc.Arbitrary<Story> = timelines.chain(observations =>
  fc.record({ observations: fc.constant(observations), register: registers, arrival: arrivalOf(observations.length) }),
)

/** Some time after the newest observation. */
const endOf = (observations: readonly Observation[]): number =>
  Math.max(...observations.map(measuredAtOf)) + 25_000 * SECOND

/** One by one in the order of measurement, and then the clock. */
export function inOrder({ observations, register }: Omit<Story, 'arrival'>): Recorder {
  const recorder = new Recorder(createWatchContext(register))
  for (const observation of observations) recorder.take([observation])
  recorder.tick(endOf(observations))
  return recorder
}

export function asItCame({ observations, register, arrival }: Story): Recorder {
  const recorder = new Recorder(createWatchContext(register))
  const queue = observations
    .map((observation, i) => ({ observation, place: arrival.order[i] ?? 0 }))
    .sort((a, b) => a.place - b.place)
    .map(({ observation }) => observation)
  for (const index of arrival.again) {
    queue.splice((index * 7) % (queue.length + 1), 0, ...observations.slice(index, index + 1))
  }
  const ticks = [...arrival.ticks].sort((a, b) => a - b).map(seconds => START + seconds * SECOND)
  for (let i = 0; queue.length > 0; i++) {
    recorder.take(queue.splice(0, arrival.batchSizes[i % arrival.batchSizes.length]))
    const tick = ticks[i]
    if (tick !== undefined) recorder.tick(tick)
  }
  recorder.tick(endOf(observations))
  return recorder
}
