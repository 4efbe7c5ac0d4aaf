import type { Chance } from './chance.ts'
import { CIRCLE_SIGMAS } from './circle.ts'

export interface Fallback {
  readonly source: 'wifi' | 'cell'
  readonly dx: number
  readonly dy: number
  /** The 95 % circle as it should be stated. */
  readonly radiusM: number
}

/** A cell position is a tower's middle: the same until the tag hears another one. Wifi the same on a smaller scale. */
const MEAN_SAME_S = { cell: 600, wifi: 240 } as const
const RADII_M = { cell: [500, 1_600], wifi: [25, 80] } as const

/**
 * Positions without satellites. 95 % circles evenly in the logarithm from 500 to 1,600 m for a tower, 25 to 80 m for wifi; the
 * error is a normal one of that circle, drawn anew with every change of tower and with every new loss.
 */
export function createFallback(chance: Chance): (seconds: number, wifiShare: number, isNew: boolean) => Fallback {
  let leftS = 0
  let now: Fallback | undefined
  const draw = (source: Fallback['source']): Fallback => {
    const [least, most] = RADII_M[source]
    const radiusM = least * (most / least) ** chance.uniform()
    const sigmaM = radiusM / CIRCLE_SIGMAS
    leftS = chance.exponential(MEAN_SAME_S[source])
    return { source, radiusM, dx: sigmaM * chance.normal(), dy: sigmaM * chance.normal() }
  }
  return (seconds, wifiShare, isNew) => {
    leftS -= seconds
    const isWrongKind = (now?.source === 'wifi' && wifiShare === 0) || (now?.source === 'cell' && wifiShare === 1)
    if (now === undefined || isNew || isWrongKind) now = draw(chance.uniform() < wifiShare ? 'wifi' : 'cell')
    else if (leftS <= 0) now = draw(now.source)
    return now
  }
}
