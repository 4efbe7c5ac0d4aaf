import type { Sight } from '../belief/sight.ts'
import type { ConditionGroup } from '../condition/condition-group.ts'
import { forceAt, whyLapsed } from '../condition/force.ts'
import type { WatchPolicy } from '../policy/policy.ts'
import { type Beginning, nextBeginning } from './beginning.ts'
import { beginEpisode, isOpen, isOver, tellEpisode } from './episode.ts'
import { type ConditionMemory, emptyMemory } from './memory.ts'
import { nearOverAt } from './near-stretch.ts'
import { readZone } from './reading.ts'
import type { Scene } from './scene.ts'
import { nearMissOf, saidOf } from './step-zone.ts'
import { clockText, lapsedText } from './text.ts'

/** What is remembered of a condition, and what the clock is to be told with. */
export interface ClockParts {
  readonly group: ConditionGroup
  /** The last fix that was believed, null before the first. */
  readonly last: Sight | null
  readonly scene: Scene
}

type Memory = ConditionMemory | undefined
type Moment = { readonly at: number; readonly act: () => Memory }

/** What time alone does to one condition in (from, to], in the order in which it happens. */
export function stepClock(
  memory: Memory,
  span: { readonly from: number; readonly to: number },
  parts: ClockParts,
): Memory {
  let now = span.from
  let remembered = memory
  for (;;) {
    const next = firstMoment(remembered, now, parts)
    if (next === undefined || next.at > span.to) return remembered
    now = next.at
    remembered = next.act()
  }
}

function firstMoment(memory: Memory, now: number, parts: ClockParts): Moment | undefined {
  const policy = parts.scene.context.policies.ofZone(now, parts.group.zoneId)
  const moments = [
    ...(memory === undefined ? [] : memoryMoments(memory, now, { parts, policy })),
    ...beginning(memory, now, { parts, policy }),
  ]
  return moments.reduce<Moment | undefined>(
    (first, next) => (first === undefined || next.at < first.at ? next : first),
    undefined,
  )
}

interface With {
  readonly parts: ClockParts
  readonly policy: WatchPolicy
}

/** In this order where they fall together: it lapses, what was near is over, what has ended can no longer be joined. */
function memoryMoments(memory: ConditionMemory, now: number, { parts, policy }: With): Moment[] {
  const { group } = parts
  const { belief, near, episode } = memory
  const moments: Moment[] = []
  if (belief !== null || near !== null || isOpen(episode)) {
    const force = forceAt(group, now)
    const at = force === undefined ? now : force.to
    if (at < Infinity) moments.push({ at, act: () => lapse(memory, at, parts) })
  }
  if (near !== null) {
    moments.push({
      at: Math.max(now, nearOverAt(near, policy)),
      act: () => ({ ...memory, near: tellNear(memory, parts) }),
    })
  }
  if (isOver(episode)) {
    const at = Math.max(now, episode.ended.at + policy.rejoinMs)
    moments.push({ at, act: () => ({ ...memory, episode: null }) })
  }
  return moments
}

function tellNear({ near }: ConditionMemory, { group, scene }: ClockParts): null {
  if (near !== null) scene.tell.nearMiss(nearMissOf(near, group, scene))
  return null
}

function lapse(memory: ConditionMemory, at: number, parts: ClockParts): ConditionMemory {
  const { group, scene } = parts
  const { episode } = memory
  tellNear(memory, parts)
  const bare = { ...memory, belief: null, looks: null, near: null }
  if (!isOpen(episode)) return bare
  const endedAt = Math.max(at, episode.lastInsideAt)
  const lapsed = {
    ...episode,
    outside: null,
    ended: { at: endedAt, how: 'lapsed' as const },
    text: lapsedText(whyLapsed(group, at)),
  }
  tellEpisode(lapsed, group, scene)
  return { ...bare, episode: lapsed }
}

/** When a condition comes into force, or its zone is changed, with the wearer on the wrong side, no fix need come to say so. */
function beginning(memory: Memory, now: number, { parts, policy }: With): Moment[] {
  const { group, last, scene } = parts
  if (last === null || isOpen(memory?.episode ?? null)) return []
  const next = nextBeginning(group, now, scene.context.policies)
  // where he was days ago says nothing any more; that nothing was heard since is an incident of its own
  if (next === undefined || next.at - last.at > policy.clockReachMs) return []
  return [{ at: next.at, act: () => beginByClock(memory, next, { parts, policy }) }]
}

/** By what is believed of the wearer when the grace is over: fixes since the start, or else the last one before it. */
function beginByClock(memory: Memory, { start, at }: Beginning, { parts, policy }: With): Memory {
  const { group, last, scene } = parts
  const force = forceAt(group, at)
  if (last === null || force === undefined || force.from > start) return memory
  const before = memory ?? emptyMemory(group.conditionId)
  // fixes since the start have told of it already
  if (before.episode !== null && before.episode.beganAt >= start) return memory
  // where he was then, but by what is permitted now
  const look = { sight: { ...last, at }, motion: null, sameSource: true }
  const reading = readZone(look, { group, force, policy }, { ...before, belief: null })
  if (reading === undefined || reading.place !== 'past') return memory
  const begun = beginEpisode(before, reading, clockText(saidOf(reading), start - last.at))
  const isProved = before.looks !== null && before.looks.of === 'past' && before.looks.count >= policy.looksToConfirm
  const episode = {
    ...begun,
    certainty: isProved ? ('confirmed' as const) : begun.certainty,
    beganAt: start,
    happenedAt: start,
    lastInsideAt: Math.max(start, last.at),
  }
  tellEpisode(episode, group, scene)
  return { ...before, near: null, episode }
}
