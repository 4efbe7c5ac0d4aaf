import { compileGround, type Ground } from '../ground/compile-ground.ts'
import type { Frame } from '../ground/frame.ts'
import type { ScriptedCondition, ScriptedPass, ScriptedZone } from '../scenario.ts'
import { isWithin, zoneInForce } from './in-force.ts'

/** How a place lies to a condition at a time. */
export interface Lie {
  /** On the wrong side of the boundary while the condition holds there. */
  readonly isPast: boolean
  /** Metres past the boundary; 0 when not past. */
  readonly depthM: number
  /** Past the boundary or within the buffer. */
  readonly isNear: boolean
}

const AWAY: Lie = { isPast: false, depthM: 0, isNear: false }

/** Asked with seconds of the scenario, metres of its frame and the same place in degrees. */
export type LieOf = (atS: number, place: { x: number; y: number }, lonLat: readonly [number, number]) => Lie

/** Of an exclusion the wrong side is inside, of a zone to stay in outside. */
export function createLieOf(condition: ScriptedCondition, frame: Frame): LieOf {
  const grounds = new Map<ScriptedZone | ScriptedPass, Ground>()
  for (const zone of condition.zones) grounds.set(zone, compileGround(zone.shape, frame))
  const corridors = [...condition.passes, ...condition.lifts].flatMap(pass =>
    pass.corridor === null ? [] : [{ pass, ground: compileGround(pass.corridor, frame) }],
  )
  return (atS, { x, y }, [lon, lat]) => {
    const zone = zoneInForce(condition, atS)
    const ground = zone && grounds.get(zone)
    if (ground === undefined) return AWAY
    const isPast = ground.contains(lon, lat) === (condition.kind === 'exclusion')
    const isNear = isPast || (condition.bufferM > 0 && ground.boundaryM(x, y) <= condition.bufferM)
    if (!isNear || corridors.some(({ pass, ground: way }) => isWithin(pass, atS) && way.contains(lon, lat))) return AWAY
    return { isPast, depthM: isPast ? ground.boundaryM(x, y) : 0, isNear }
  }
}
