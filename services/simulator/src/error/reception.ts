import type { FixSource } from '@cordon/contract'
import type { Surroundings } from '../life/stretch.ts'
import { createRandom } from '../random/create-random.ts'

/** How a position can be had somewhere. */
export interface Reception {
  readonly source: FixSource
  /** Metres: standard deviation of the error along each axis. */
  readonly sigmaM: number
  /** Satellites in use and their dilution, where there are any. */
  readonly satellites: readonly [least: number, most: number]
  readonly hdop: readonly [least: number, most: number]
}

/** Radius of the 95 % circle in standard deviations of one axis: a plane normal error is within k σ with 1 − exp(−k² / 2). */
export const SIGMAS_IN_CIRCLE = Math.sqrt(-2 * Math.log(0.05))

const NO_SATELLITES = { satellites: [0, 0], hdop: [0, 0] } as const
const OPEN: Reception = { source: 'gnss', sigmaM: 3, satellites: [10, 16], hdop: [0.7, 1.1] }
const STREET: Reception = { source: 'gnss', sigmaM: 8, satellites: [6, 11], hdop: [1, 2.4] }
/** Metres: a receiver by a window. */
const INDOORS_SIGMA_M = { min: 15, max: 25 }
/** Metres: radii of the 95 % circle of a position from access points, and from cell towers. */
const WIFI_RADIUS_M = { min: 30, max: 60 }
const CELL_RADIUS_M = { min: 500, max: 1_600 }
/** Metres: standard deviation of a tag that hears its beacon; it is in the same house. */
const BEACON: Reception = { source: 'beacon', sigmaM: 8, ...NO_SATELLITES }
const GNSS_SHARE = 0.4
const WIFI_SHARE = 0.54

/** What is received holds for so long; then a door is closed or an access point is gone. */
const HOLDS_MS = 900_000

export interface ReceptionInputs {
  readonly seed: number
  readonly tagId: string
  readonly time: number
  readonly surroundings: Surroundings
  readonly isNearBeacon: boolean
}

export function receptionOf({ seed, tagId, time, surroundings, isNearBeacon }: ReceptionInputs): Reception {
  if (isNearBeacon) return BEACON
  switch (surroundings) {
    case 'open':
      return OPEN
    case 'street':
      return STREET
    case 'indoors':
      return indoors(createRandom('reception', seed, tagId, Math.floor(time / HOLDS_MS)))
  }
}

function indoors(random: ReturnType<typeof createRandom>): Reception {
  const choice = random.next()
  if (choice < GNSS_SHARE) {
    const sigmaM = random.between(INDOORS_SIGMA_M.min, INDOORS_SIGMA_M.max)
    return { source: 'gnss', sigmaM, satellites: [4, 6], hdop: [2.5, 7] }
  }
  const [source, { min, max }] =
    choice < GNSS_SHARE + WIFI_SHARE ? (['wifi', WIFI_RADIUS_M] as const) : (['cell', CELL_RADIUS_M] as const)
  return { source, sigmaM: random.between(min, max) / SIGMAS_IN_CIRCLE, ...NO_SATELLITES }
}
