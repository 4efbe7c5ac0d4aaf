import { alongPath, type Path } from '../ground/path.ts'
import { moved, type Point } from '../ground/point.ts'

/** What is round a wearer: it decides how well satellites are received. */
export type Surroundings = 'open' | 'street' | 'indoors'

/** A piece of a life: on the way, or staying somewhere. Times in epoch milliseconds, `to` excluded. */
export type Stretch = Travel | Stay

export interface Travel {
  readonly type: 'travel'
  readonly from: number
  readonly to: number
  readonly path: Path
  readonly surroundings: Surroundings
}

export interface Stay {
  readonly type: 'stay'
  readonly from: number
  readonly to: number
  readonly point: Point
  readonly surroundings: Surroundings
  readonly isHome: boolean
}

export interface Whereabouts {
  readonly point: Point
  readonly speedMps: number
  /** Radians clockwise from true north; undefined for somebody who stays. */
  readonly direction: number | undefined
  readonly surroundings: Surroundings
  readonly isHome: boolean
}

/** Where one is in a stretch at a time of it. */
export function whereIn(stretch: Stretch, at: number): Whereabouts {
  switch (stretch.type) {
    case 'travel':
      return onTheWay(stretch, at)
    case 'stay':
      return pottering(stretch, at)
  }
}

/** At an even pace: a stretch takes as long as its way is at the speed that it was planned with. */
function onTheWay({ path, from, to, surroundings }: Travel, at: number): Whereabouts {
  const durationMs = Math.max(1, to - from)
  const { point, direction } = alongPath(path, (path.lengthM * (at - from)) / durationMs)
  return { point, direction, speedMps: path.lengthM / (durationMs / 1_000), surroundings, isHome: false }
}

/** Metres: how far people move about where they stay. */
const POTTERING_M = 5
/** Seconds: periods of that movement, with no common multiple in a day, so that nobody walks a figure twice. */
const EAST_S = 331
const NORTH_S = 419
const SETTLING_MS = 60_000

function pottering({ point, from, to, surroundings, isHome }: Stay, at: number): Whereabouts {
  // Nothing at both ends, so that whoever arrives does not leap.
  const part = Math.max(0, Math.min(1, (at - from) / SETTLING_MS, (to - at) / SETTLING_MS)) * POTTERING_M
  const angle = (periodS: number) => (2 * Math.PI * (at - from)) / (periodS * 1_000)
  const offset = { east: part * Math.sin(angle(EAST_S)), north: part * Math.sin(angle(NORTH_S)) }
  return { point: moved(point, offset), direction: undefined, speedMps: 0, surroundings, isHome }
}

/** The stretch that a time belongs to, among stretches in their order. */
export function stretchAt(stretches: readonly Stretch[], at: number): Stretch | undefined {
  return stretches.find(({ from, to }) => at >= from && at < to)
}
