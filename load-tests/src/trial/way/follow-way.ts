import type { EnvironmentName } from '../noise/environments.ts'
import type { Way } from './way.ts'

export interface Place {
  x: number
  y: number
  speedMps: number
  /** Degrees clockwise from north; of a stretch that goes nowhere, 0. */
  headingDeg: number
  environment: EnvironmentName
}

/** Asked with times that do not go back; the answer is one object that is written over. */
export function followWay({ knots, endS }: Way): (atS: number) => Place {
  let index = 0
  const place: Place = { x: 0, y: 0, speedMps: 0, headingDeg: 0, environment: 'open' }
  return atS => {
    const clamped = Math.min(Math.max(atS, 0), endS)
    while (index < knots.length - 2 && (knots[index + 1]?.atS ?? Infinity) <= clamped) index++
    const from = knots[index]
    if (from === undefined) return place
    const to = knots[index + 1] ?? from
    const spanS = to.atS - from.atS
    const share = spanS > 0 ? (clamped - from.atS) / spanS : 0
    const [dx, dy] = [to.x - from.x, to.y - from.y]
    place.x = from.x + share * dx
    place.y = from.y + share * dy
    place.speedMps = spanS > 0 ? Math.hypot(dx, dy) / spanS : 0
    place.headingDeg = ((Math.atan2(dx, dy) * 180) / Math.PI + 360) % 360
    place.environment = from.environment
    return place
  }
}
