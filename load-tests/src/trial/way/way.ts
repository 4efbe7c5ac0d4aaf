import type { Point } from '../ground/frame.ts'
import type { EnvironmentName } from '../noise/environments.ts'

/** A wearer's true way: straight at an even pace from knot to knot. `environment` is that of the stretch which begins at the knot. */
export interface Knot {
  readonly atS: number
  readonly x: number
  readonly y: number
  readonly environment: EnvironmentName
}

export interface Way {
  readonly knots: readonly Knot[]
  readonly endS: number
}

/** Metres a second. */
export const PACE = { stroll: 0.8, walk: 1.4, run: 3, cycle: 5, bus: 9, mph30: 13.4, mph60: 26.8, train: 35 } as const

/** Where in a house a person is, by turns: metres from its middle. */
const ROOMS: readonly Point[] = [
  [3, 1],
  [-2, 3],
  [1, -3],
  [-3, -1],
  [0, 2],
]
const ROOM_S = 420
const INDOORS_MPS = 0.6

export interface WayBuilder {
  stays(seconds: number, environment: EnvironmentName): WayBuilder
  /** Pottering about a house of 6 m, for exactly so long, and back in its middle at the end. */
  lives(seconds: number, environment: EnvironmentName): WayBuilder
  goes(paceMps: number, environment: EnvironmentName, ...points: readonly Point[]): WayBuilder
  /** Along the same points at the same pace, back and forth, for at least so long. */
  paces(seconds: number, paceMps: number, environment: EnvironmentName, ...points: readonly Point[]): WayBuilder
  /** Stays until so many seconds after the beginning of the scenario. */
  livesUntil(atS: number, environment: EnvironmentName): WayBuilder
  nowS(): number
  done(): Way
}

export function wayFrom(startX: number, startY: number): WayBuilder {
  const knots: Knot[] = []
  let [atS, x, y] = [0, startX, startY]
  const leave = (environment: EnvironmentName) => void knots.push({ atS, x, y, environment })
  const go = (pace: number, environment: EnvironmentName, [toX, toY]: Point) => {
    leave(environment)
    atS += Math.hypot(toX - x, toY - y) / pace
    ;[x, y] = [toX, toY]
  }
  const builder: WayBuilder = {
    stays(seconds, environment) {
      leave(environment)
      atS += seconds
      return builder
    },
    lives(seconds, environment) {
      const [endS, homeX, homeY] = [atS + seconds, x, y]
      for (let room = 0; endS - atS > 2 * ROOM_S; room++) {
        const [dx, dy] = ROOMS[room % ROOMS.length] ?? [0, 0]
        go(INDOORS_MPS, environment, [homeX + dx, homeY + dy])
        builder.stays(ROOM_S, environment)
      }
      go(INDOORS_MPS, environment, [homeX, homeY])
      return builder.stays(Math.max(0, endS - atS), environment)
    },
    goes(pace, environment, ...points) {
      for (const point of points) go(pace, environment, point)
      return builder
    },
    paces(seconds, pace, environment, ...points) {
      const endS = atS + seconds
      const circuit = [...points, ...points.slice(0, -1).reverse()]
      while (atS < endS) builder.goes(pace, environment, ...circuit)
      return builder
    },
    livesUntil: (untilS, environment) => builder.lives(Math.max(0, untilS - atS), environment),
    nowS: () => atS,
    done() {
      leave('open')
      return { knots, endS: atS }
    },
  }
  return builder
}
