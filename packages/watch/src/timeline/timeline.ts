import type { Sight } from '../belief/sight.ts'
import { type DeviceState, freshDevice } from '../device/device-state.ts'
import type { ConditionMemory } from '../zones/memory.ts'
import type { FixIdentity } from '../zones/scene.ts'
import { compareKeys, fixKey, isFixKey, type ObservationKey } from './observation.ts'

/**
 * Everything remembered of what was measured: a fold over the observations of one activation in the order of measurement, and so
 * a function of which observations there are, not of when or how often they came. Plain JSON.
 */
export interface Timeline {
  /** How far it goes: time of the newest observation, epoch ms; null before the first. */
  readonly at: number | null
  /** The last fixes and events, newest last: which observation is a repeat, and what a judgement rests on. */
  readonly recent: readonly FixIdentity[]
  readonly recentEvents: readonly ObservationKey[]
  /** The last fix that was believed. */
  readonly last: Sight | null
  /** A fix that would be an impossible jump from there, until another one says which of the two is right. */
  readonly doubted: Sight | null
  /** One for each condition of which there is something to remember. */
  readonly zones: readonly ConditionMemory[]
  readonly device: DeviceState
}

export const emptyTimeline: Timeline = {
  at: null,
  recent: [],
  recentEvents: [],
  last: null,
  doubted: null,
  zones: [],
  device: freshDevice,
}

export const RECENT_EVENTS = 8

/** Where an observation stands to what the timeline holds already. */
export function placeOf(key: ObservationKey, { at, recent, recentEvents }: Timeline): 'next' | 'repeat' | 'late' {
  if (at === null || key[0] > at) return 'next'
  const [measuredAt, , seq] = key
  const isKnown = isFixKey(key)
    ? recent.some(fix => fix[0] === measuredAt && fix[1] === seq)
    : recentEvents.some(event => compareKeys(event, key) === 0)
  if (isKnown) return 'repeat'
  if (key[0] < at) return 'late'
  return compareKeys(key, newestKey(recent, recentEvents)) > 0 ? 'next' : 'late'
}

function newestKey(recent: readonly FixIdentity[], events: readonly ObservationKey[]): ObservationKey {
  const newest = recent.at(-1)
  const event = events.at(-1)
  const fix = newest === undefined ? BEFORE_ALL : fixKey(newest[0], newest[1])
  return event !== undefined && compareKeys(event, fix) > 0 ? event : fix
}

const BEFORE_ALL: ObservationKey = fixKey(Number.NEGATIVE_INFINITY, 0)
