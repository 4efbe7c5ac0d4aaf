import { type FixMessage, LIMITS } from '@cordon/contract'
import { type EastNorth, moved, type Point } from '../ground/point.ts'
import type { Whereabouts } from '../life/stretch.ts'
import { createRandom, type Random } from '../random/create-random.ts'
import { createGaussMarkov } from './gauss-markov.ts'
import { createMultipath } from './multipath.ts'
import { type Reception, receptionOf, SIGMAS_IN_CIRCLE } from './reception.ts'

/** What a tag makes of where it truly is. */
export interface Receiver {
  /** The parts of a fix that the position decides. Times may not run backwards. */
  receive(where: Whereabouts, time: number): Received
}

export interface Received {
  readonly measured: Omit<FixMessage, 'time' | 'seq' | 'sent' | 'battery'>
  /** Off by a reflection that the stated accuracy knows nothing of. */
  readonly isJump: boolean
}

/** Milliseconds: errors of a receiver forget themselves over this. */
const TAU_MS = { min: 60_000, max: 300_000 }
/** A share of receivers states a circle that is too small, by this factor. */
const OPTIMISTIC_SHARE = 0.1
const OPTIMISM = { min: 0.5, max: 0.8 }

export interface ReceiverOptions {
  readonly seed: number
  readonly tagId: string
  /** At home. */
  readonly hasBeacon: boolean
}

/** Errors of the two axes are independent, each Gauss-Markov, and as wide as the reception of the place. */
export function createReceiver({ seed, tagId, hasBeacon }: ReceiverOptions): Receiver {
  const random = createRandom('receiver', seed, tagId)
  const tauMs = random.between(TAU_MS.min, TAU_MS.max)
  const optimism = random.chance(OPTIMISTIC_SHARE) ? random.between(OPTIMISM.min, OPTIMISM.max) : 1
  const east = createGaussMarkov(tauMs, createRandom('east', seed, tagId))
  const north = createGaussMarkov(tauMs, createRandom('north', seed, tagId))
  const multipath = createMultipath(createRandom('multipath', seed, tagId))
  const heightM = random.between(60, 150)
  return {
    receive: (where, time) => {
      const reception = receptionOf({
        ...{ seed, tagId, time, surroundings: where.surroundings },
        isNearBeacon: hasBeacon && where.isHome,
      })
      const jump = reception.source === 'gnss' ? multipath.next() : undefined
      const error = errorOf(reception, { east: east.at(time), north: north.at(time) }, jump)
      const accuracy = Math.max(1, Math.round(reception.sigmaM * SIGMAS_IN_CIRCLE * optimism * 10) / 10)
      const common = { ...rounded(moved(where.point, error)), accuracy, source: reception.source }
      const bySatellite = reception.source === 'gnss' ? satelliteFields(where, reception, { random, heightM }) : {}
      return { measured: { ...common, ...bySatellite }, isJump: jump !== undefined }
    },
  }
}

function errorOf({ sigmaM }: Reception, unit: EastNorth, jump: EastNorth = { east: 0, north: 0 }): EastNorth {
  return { east: sigmaM * unit.east + jump.east, north: sigmaM * unit.north + jump.north }
}

/** A hundredth of a metre. */
const rounded = ({ lon, lat }: Point): Point => ({ lon: Math.round(lon * 1e7) / 1e7, lat: Math.round(lat * 1e7) / 1e7 })

function satelliteFields(
  { speedMps, direction }: Whereabouts,
  { satellites, hdop }: Reception,
  { random, heightM }: { readonly random: Random; readonly heightM: number },
): Partial<FixMessage> {
  const speed = Math.min(LIMITS.speedMps, Math.abs(speedMps + random.normal() * 0.2))
  const degrees = direction === undefined ? undefined : (direction * 180) / Math.PI + random.normal() * 4
  return {
    speed: tenths(speed),
    ...(degrees === undefined ? {} : { heading: Math.floor((degrees + 720) % 360) }),
    altitude: tenths(heightM + random.normal() * 4),
    satellites: random.whole(...satellites),
    hdop: tenths(random.between(...hdop)),
  }
}

const tenths = (value: number) => Math.round(value * 10) / 10
