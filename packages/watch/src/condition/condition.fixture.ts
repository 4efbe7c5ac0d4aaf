import { asId } from '@cordon/contract'
import { compileZone } from '@cordon/geofence'
import { compileHours } from '@cordon/hours'
import { type ConditionGroup, groupConditions } from './condition-group.ts'
import type { Activation, Pass, WatchedCondition } from './watched-condition.ts'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
/** A Monday, 00:00 UTC. */
export const START = Date.UTC(2026, 4, 4)

export const zoneAt = (lon: number) => compileZone({ type: 'Circle', center: [lon, 52.24], radius: 100 })
const ZONE = zoneAt(-0.9)
const EVERY_DAY = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Hours of every day in UTC, such as `19:00` to `07:00`. */
export function daily(from: string, to: string) {
  return compileHours({ timeZone: 'UTC', weekly: [{ days: [...EVERY_DAY], from, to }] })
}

/** Hours after `START`. */
export function aPass(fromH: number, toH: number, corridor: Pass['corridor'] = null): Pass {
  return { from: START + fromH * HOUR, to: START + toH * HOUR, corridor }
}

/** Always in force, from long before `START`, unless told otherwise; `from` and `to` as they are in the type. */
export function aCondition(id: string, given: Partial<WatchedCondition> = {}): WatchedCondition {
  return {
    conditionId: asId(id),
    zoneId: asId(`zone of ${id}`),
    zoneVersion: 1,
    kind: 'exclusion',
    priority: 0,
    from: START - 100 * DAY,
    to: null,
    hours: null,
    passes: [],
    zone: ZONE,
    bufferM: 0,
    ...given,
  }
}

export function anActivation(given: Partial<Activation> = {}): Activation {
  return { activationId: asId('5'), from: START - 10 * DAY, to: null, ...given }
}

export function groupsOf(...conditions: WatchedCondition[]): readonly ConditionGroup[] {
  return groupConditions(conditions, anActivation())
}

/** The group of the first condition, among all that are given. */
export function groupOf(...conditions: WatchedCondition[]): ConditionGroup {
  const [group] = groupsOf(...conditions)
  if (group === undefined) throw new Error('no condition was given')
  return group
}
