import { zoneBox } from '@cordon/geofence'
import { type Sight, sigmaOf } from '../belief/sight.ts'
import type { ConditionGroup } from '../condition/condition-group.ts'
import { type Force, forceAt } from '../condition/force.ts'
import type { WatchPolicy } from '../policy/policy.ts'
import { type ConditionMemory, emptyMemory, isEmpty } from './memory.ts'
import { type Look, readZone } from './reading.ts'
import type { Scene } from './scene.ts'
import { stepZone } from './step-zone.ts'
import { stepTransit } from './transit.ts'

/** A fix that is believed, and the one that was believed before it. */
export interface Believed {
  readonly look: Look
  readonly before: Sight | null
  readonly policy: WatchPolicy
}

/** The hot loop: what one fix changes in what is remembered of each condition. Far from every zone it costs one distance. */
export function judgeZones(
  memories: readonly ConditionMemory[],
  believed: Believed,
  scene: Scene,
): readonly ConditionMemory[] {
  const { look } = believed
  const { presence, surroundings, policies } = scene.context
  const wayM = look.motion?.distanceM ?? 0
  const around = surroundings.within(look.sight, policies.farSigmas * sigmaOf(look.sight) + wayM)
  if (memories.length === 0 && presence.length === 0 && around.length === 0) return memories

  const next: ConditionMemory[] = []
  for (const memory of memories) {
    const group = scene.context.groupOf(memory.conditionId)
    const stepped = group === undefined ? memory : judgeZone(memory, group, { believed, scene })
    if (stepped !== undefined) next.push(stepped)
  }
  const isNew = ({ conditionId }: ConditionGroup) => !memories.some(memory => memory.conditionId === conditionId)
  for (const group of presence.length === 0 ? around : [...presence, ...around]) {
    const begun = isNew(group) ? judgeZone(undefined, group, { believed, scene }) : undefined
    if (begun !== undefined) next.push(begun)
  }
  return next.length === 0 && memories.length === 0 ? memories : next
}

interface Parts {
  readonly believed: Believed
  readonly scene: Scene
}

function judgeZone(
  memory: ConditionMemory | undefined,
  group: ConditionGroup,
  parts: Parts,
): ConditionMemory | undefined {
  const { look, before } = parts.believed
  const force = forceAt(group, look.sight.at)
  // what was remembered of a condition that no longer holds is ended by the clock
  if (force === undefined) return memory
  const policy = parts.scene.context.policies.ofZone(look.sight.at, group.zoneId)
  const mayTransit =
    memory === undefined && before !== null && group.kind === 'exclusion' && isOnTheWay(force, before, look.sight)
  const known = memory ?? (mayTransit ? emptyMemory(group.conditionId) : undefined)
  const reading = readZone(look, { group, force, policy }, known)
  if (reading === undefined) return undefined
  const stepped = stepZone(known ?? emptyMemory(group.conditionId), reading, parts.scene)
  const next = before === null ? stepped : stepTransit(stepped, before, { reading, scene: parts.scene })
  return isEmpty(next) ? undefined : next
}

/** Whether the boxes of the way and of the zone touch. */
function isOnTheWay({ condition }: Force, a: Sight, b: Sight): boolean {
  const [west, south, east, north] = zoneBox(condition.zone)
  if (Math.max(a.lon, b.lon) < west || Math.min(a.lon, b.lon) > east) return false
  return Math.max(a.lat, b.lat) >= south && Math.min(a.lat, b.lat) <= north
}
