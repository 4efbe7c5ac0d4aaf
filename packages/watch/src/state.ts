import type { Certainty, ConditionId, IncidentKind, ZoneId } from '@cordon/contract'

/**
 * What the engine remembers of one activation: plain JSON, without a clock of its own. Typically 0.3 to 1.3 kB; only
 * conditions with something to remember take space, a fix far from every zone leaves nothing but its identity.
 */
export interface WatchState {
  /** Of the shape of this state. A state of another version is not read but replayed from the stored fixes. */
  readonly version: 1
  /** The last `RECENT_FIXES` judged fixes, newest last: what came before the next one, and which fix is a repeat. */
  readonly recent: readonly FixIdentity[]
  /** At most one for each condition. */
  readonly stretches: readonly Stretch[]
}

/** A fix within its activation. `[measuredAt, seq]`, because sixteen of them are in every state. */
export type FixIdentity = readonly [measuredAt: number, seq: number]

/** A stretch of the timeline in one relation to one condition's zone. */
export type Stretch = NearStretch | Episode

interface StretchBase {
  readonly conditionId: ConditionId
  readonly zoneId: ZoneId
  /** Which of the recent fixes it rests on: bit i stands for the i-th newest. */
  readonly restsOn: number
  /** Fixes judged near or inside so far. */
  readonly fixesCounted: number
  /** What was seen of the zone by the fix that decided. */
  readonly sighting: Sighting
}

export interface NearStretch extends StretchBase {
  readonly phase: 'near'
  /** Times of its first and last near fix. */
  readonly from: number
  readonly to: number
  /** Whether it was to a buffer that they were near, and the greatest probability of being in it or past the boundary. */
  readonly ofBuffer: boolean
  readonly probability: number
}

export type EpisodeKind = Extract<IncidentKind, 'buffer-entry' | 'exclusion-breach' | 'restriction-breach'>

export interface Episode extends StretchBase {
  readonly phase: 'episode'
  readonly kind: EpisodeKind
  readonly certainty: Certainty
  /** Time of the first fix inside or in the buffer; part of the episode's id. */
  readonly beganAt: number
  /** Time of the first fix of the present kind: of a breach that grew out of a buffer entry, when the boundary was passed. */
  readonly happenedAt: number
  /** Time of the last fix inside. */
  readonly lastInsideAt: number
  /** Time from which the entry stands ended; null while it is open. */
  readonly endedAt: number | null
  readonly entries: number
  /** Metres past the boundary: the greatest, and the greatest that was told, and when. */
  readonly greatestDepthM: number
  readonly toldDepthM: number
  readonly toldAt: number
  /** Time of the first fix that is a proof of `kind`. */
  readonly provedAt: number | null
  /** Fixes outside since the last one inside. */
  readonly outside: { readonly since: number; readonly fixes: number } | null
}

/** How a fix lay to a zone, as it is told in a judgement. */
export interface Sighting {
  readonly distanceM: number
  readonly accuracyM: number
  readonly accuracyAssumed: boolean
  readonly probability: number
  readonly zoneVersion: number
  readonly receivedAt: number
}

/**
 * Also the most fixes that a judgement names. A repeat of an older fix is indistinguishable from a late one; it is set
 * aside, which changes nothing where the fix is stored as judged already.
 */
export const RECENT_FIXES = 16
const RECENT_BITS = 2 ** RECENT_FIXES - 1

export function emptyState(): WatchState {
  return { version: 1, recent: [], stretches: [] }
}

/** Time of the newest judged fix, null before the first: a replay goes on with the stored fixes after it. */
export function judgedThrough(state: WatchState): number | null {
  return state.recent.at(-1)?.[0] ?? null
}

/** The state with one more judged fix, on which no stretch rests yet. */
export function withFix({ version, recent, stretches }: WatchState, fix: FixIdentity): WatchState {
  const aged = (stretch: Stretch) => ({ ...stretch, restsOn: (stretch.restsOn << 1) & RECENT_BITS })
  const newest = recent.slice(1 - RECENT_FIXES)
  newest.push(fix)
  return { version, recent: newest, stretches: stretches.length === 0 ? stretches : stretches.map(aged) }
}

/** What is remembered of a condition. */
export function stretchOf({ stretches }: WatchState, conditionId: ConditionId): Stretch | undefined {
  for (const stretch of stretches) if (stretch.conditionId === conditionId) return stretch
  return undefined
}

/** The state with what is remembered of a condition replaced; undefined forgets it. */
export function withStretch(state: WatchState, conditionId: ConditionId, stretch: Stretch | undefined): WatchState {
  if (stretchOf(state, conditionId) === stretch) return state
  const others = state.stretches.filter(other => other.conditionId !== conditionId)
  return { ...state, stretches: stretch === undefined ? others : [...others, stretch] }
}

/** Identities, `measuredAt/seq`, newest last. */
export function fixesOf(state: WatchState, stretch: Stretch): string[] {
  const newest = state.recent.length - 1
  return state.recent.filter((_, i) => (stretch.restsOn >> (newest - i)) & 1).map(([at, seq]) => `${at}/${seq}`)
}
