import type { FixSource } from '@cordon/contract'
import type { Chance } from './chance.ts'
import { CIRCLE_SIGMAS } from './circle.ts'
import { createFallback } from './create-fallback.ts'
import { ENVIRONMENTS, type Environment, type EnvironmentName } from './environments.ts'
import { createGaussMarkov } from './gauss-markov.ts'
import { createSpells } from './spells.ts'
import type { Variant } from './variants.ts'

/** What a tag says of where it is: its error in metres and the circle that it states for it. */
export interface Reception {
  readonly source: FixSource
  readonly dx: number
  readonly dy: number
  readonly accuracyM: number
}

/** Below this a wearer counts as still, and errors hold longer. */
const STILL_MPS = 0.3

/** The receiver of one tag in one run; undefined where there is no position to be had. */
export function createReceiver(chance: Chance, variant: Variant) {
  const drift = createGaussMarkov(chance)
  const jumps = createSpells(chance)
  const losses = createSpells(chance)
  const fallback = createFallback(chance)
  const jump = { dx: 0, dy: 0, noticedM: 0 }
  // the tag notices a reflection in part: the circle grows by anything from nothing to all of the jump
  const drawJump = (meanM: number) => {
    const [offsetM, angle] = [chance.exponential(meanM), chance.between(0, 2 * Math.PI)]
    jump.dx = offsetM * Math.cos(angle)
    jump.dy = offsetM * Math.sin(angle)
    jump.noticedM = offsetM * chance.uniform()
  }
  const statedM = (rightM: number) => Math.max(1, (rightM * chance.between(0.8, 1.2)) / variant.optimism)

  function fromSatellites(environment: Environment, seconds: number): Reception {
    const { sigmaM, jumpsPerHour, jumpS, jumpM } = environment
    const jumped = jumps.step(seconds, variant.hasJumps ? jumpsPerHour : 0, jumpS)
    if (jumps.isNew()) drawJump(jumpM)
    const [offX, offY] = jumped ? [jump.dx, jump.dy] : [0, 0]
    const rightM = Math.hypot(CIRCLE_SIGMAS * sigmaM, jumped ? jump.noticedM : 0)
    return { source: 'gnss', dx: sigmaM * drift.x + offX, dy: sigmaM * drift.y + offY, accuracyM: statedM(rightM) }
  }

  return (name: EnvironmentName, seconds: number, speedMps: number): Reception | undefined => {
    const environment: Environment = ENVIRONMENTS[name]
    const { stillS, movingS, lossesPerHour, lossS, wifiShare, has } = environment
    drift.step(seconds, speedMps < STILL_MPS ? stillS : movingS)
    if (has === 'nothing') return undefined
    const isLost = losses.step(seconds, variant.hasLosses ? lossesPerHour : 0, lossS)
    if (has === 'satellites' && !isLost) return fromSatellites(environment, seconds)
    const share = has === 'satellites' ? wifiShare : has === 'wifi' ? 1 : 0
    const { source, dx, dy, radiusM } = fallback(seconds, share, losses.isNew())
    return { source, dx, dy, accuracyM: statedM(radiusM) }
  }
}
