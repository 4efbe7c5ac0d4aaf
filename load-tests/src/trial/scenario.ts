import type { DeviceEventType, Hours, IncidentKind, ZoneKind } from '@cordon/contract'
import type { Anchor } from './ground/frame.ts'
import type { Shape } from './ground/shape.ts'
import type { Way } from './way/way.ts'

/** Seconds after the beginning of the scenario, `from` within, `to` not. */
export interface Span {
  readonly fromS: number
  readonly toS: number
}

export interface ScriptedZone extends Span {
  readonly shape: Shape
}

export interface ScriptedPass extends Span {
  /** Null: the condition does not hold at all. */
  readonly corridor: Shape | null
}

export interface ScriptedCondition {
  readonly id: string
  readonly kind: ZoneKind
  /** Versions of the zone, each with its time in force; the n-th is version n. */
  readonly zones: readonly ScriptedZone[]
  readonly bufferM: number
  readonly priority: number
  /** As the order has them; what the engine is given. */
  readonly hours: Hours | null
  /** The same worked out by hand from calendar and clock, for the truth; empty: always. */
  readonly applies: readonly Span[]
  readonly passes: readonly ScriptedPass[]
  /** What a condition of higher priority takes from this one, by hand, for the truth. */
  readonly lifts: readonly ScriptedPass[]
  /** What of an absence from the beginning of the hours need not be raised. */
  readonly graceS: number
}

export interface ScriptedEvent {
  readonly atS: number
  readonly type: DeviceEventType
}

/** How what the tag measured comes in. Outside a gap: 1 to 6 s later. */
export type Delivery =
  | { readonly order: 'prompt' }
  | { readonly order: 'oldest-first' | 'newest-first' | 'mixed'; readonly gaps: readonly Span[] }
  | { readonly order: 'repeated'; readonly times: number }

export type Fault =
  | { readonly type: 'jump'; readonly atS: number; readonly fixes: number; readonly x: number; readonly y: number }
  | (Span & { readonly type: 'clock-ahead'; readonly byS: number })
  | { readonly type: 'no-accuracy' }

export interface Scenario {
  readonly id: string
  readonly title: string
  readonly theme: string
  readonly anchor: Anchor
  readonly startsAt: number
  readonly way: Way
  readonly conditions: readonly ScriptedCondition[]
  /** When the tag is fitted to this wearer. */
  readonly activation: Span
  readonly events: readonly ScriptedEvent[]
  readonly delivery: Delivery
  readonly faults: readonly Fault[]
  /** Incidents about the device that must be raised. */
  readonly device: readonly { readonly kind: IncidentKind; readonly atS: number }[]
}

type Optional = 'anchor' | 'startsAt' | 'activation' | 'events' | 'delivery' | 'faults' | 'device'

/** Monday 18 May 2026, 09:00 BST, in Northampton: an ordinary day. */
const ORDINARY_MORNING = Date.UTC(2026, 4, 18, 8)
const NORTHAMPTON: Anchor = [-0.9, 52.24]

export function scenario(given: Omit<Scenario, Optional> & Partial<Pick<Scenario, Optional>>): Scenario {
  return {
    anchor: NORTHAMPTON,
    startsAt: ORDINARY_MORNING,
    activation: { fromS: -86_400, toS: Infinity },
    events: [],
    delivery: { order: 'prompt' },
    faults: [],
    device: [],
    ...given,
  }
}

/** A condition with one zone that was there before and stays, where nothing else is given. */
export function condition(kind: ZoneKind, shape: Shape, given: Partial<ScriptedCondition> = {}): ScriptedCondition {
  return {
    id: '1',
    kind,
    zones: [{ shape, fromS: -Infinity, toS: Infinity }],
    bufferM: 0,
    priority: 0,
    hours: null,
    applies: [],
    passes: [],
    lifts: [],
    graceS: 0,
    ...given,
  }
}

export const minutes = (count: number) => count * 60
export const hours = (count: number) => count * 3_600
