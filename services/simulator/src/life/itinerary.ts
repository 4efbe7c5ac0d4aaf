import type { Path } from '../ground/path.ts'
import type { Point } from '../ground/point.ts'
import type { Stretch, Surroundings } from './stretch.ts'

export interface StayOptions {
  readonly surroundings: Surroundings
  readonly isHome?: boolean
}

/** Puts stretches one after the other. */
export interface Itinerary {
  readonly stretches: readonly Stretch[]
  /** Where the next one begins, epoch milliseconds. */
  readonly at: number
  travel(path: Path, speedMps: number, surroundings: Surroundings): void
  stayUntil(to: number, point: Point, options: StayOptions): void
  /** All of another one, which begins where this one is. */
  append(next: Itinerary): void
}

export function createItinerary(from: number): Itinerary {
  const stretches: Stretch[] = []
  let at = from
  const add = (stretch: Stretch) => {
    at = stretch.to
    stretches.push(stretch)
  }
  return {
    stretches,
    get at() {
      return at
    },
    travel: (path, speedMps, surroundings) => {
      const to = at + (path.lengthM / speedMps) * 1_000
      add({ type: 'travel', from: at, to, path, surroundings })
    },
    stayUntil: (to, point, { surroundings, isHome = false }) => {
      if (to > at) add({ type: 'stay', from: at, to, point, surroundings, isHome })
    },
    append: next => {
      for (const stretch of next.stretches) add(stretch)
    },
  }
}
