import type { EastNorth } from '../ground/point.ts'
import type { Random } from '../random/create-random.ts'

/** A reflection off a wall taken for the satellite: for a fix or two the position is far off, and nothing says so. */
export interface Multipath {
  /** Metres off for the next satellite fix; undefined for nearly every one. */
  next(): EastNorth | undefined
}

const RATE = 0.0015
const JUMP_M = { min: 80, max: 200 }

export function createMultipath(random: Random): Multipath {
  let left = 0
  let jump: EastNorth | undefined
  return {
    next: () => {
      if (left === 0) {
        jump = undefined
        if (!random.chance(RATE)) return undefined
        left = random.whole(1, 2)
        jump = jumpOf(random)
      }
      left--
      return jump
    },
  }
}

function jumpOf(random: Random): EastNorth {
  const metres = random.between(JUMP_M.min, JUMP_M.max)
  const direction = random.between(0, 2 * Math.PI)
  return { east: metres * Math.sin(direction), north: metres * Math.cos(direction) }
}
