import type { Conclusion, DeviceEventType } from '@cordon/contract'
import type { WatchPolicy } from '../policy/policy.ts'

/** What the device is judged by. */
export type DevicePolicy = Pick<
  WatchPolicy,
  'version' | 'batteryWarnPercent' | 'batteryCriticalPercent' | 'batteryForecastMs' | 'eventFoldMs'
>

export type DeviceSubject = 'strap' | 'case' | 'power' | 'jamming' | 'battery'
export type BatteryStage = 'warn' | 'critical' | 'dead'

/** What is remembered of a tag: plain JSON, below 300 bytes when nothing is wrong. Times are epoch ms, as measured. */
export interface DeviceState {
  /** The newest event, to know it when it is said again. */
  readonly lastEvent: readonly [measuredAt: number, seq: number, type: DeviceEventType] | null
  readonly nearBeacon: boolean
  readonly battery: BatteryState
  /** Under way, and those that ended less than `eventFoldMs` ago; at most one of a subject. */
  readonly episodes: readonly DeviceEpisode[]
}

export interface BatteryState {
  /** `told` by the tag, or `seen` because its level rose. */
  readonly charging: 'told' | 'seen' | null
  /** The worst that the tag itself said of its battery since it was last charged. */
  readonly said: Exclude<BatteryStage, 'dead'> | null
  readonly trend: BatteryTrend | null
  /** When it will be empty by its trend. Null: cannot be said, or the tag was heard after it. */
  readonly emptyAt: number | null
}

/** Levels since the battery was last charged: few, spread evenly over that time, oldest first, the newest always among them. */
export interface BatteryTrend {
  readonly since: number
  readonly readings: readonly BatteryReading[]
}
/** Whole seconds after `since`, and per cent. */
export type BatteryReading = readonly [afterS: number, level: number]

export interface DeviceEpisode {
  readonly subject: DeviceSubject
  readonly beganAt: number
  /** When that which began it was received. */
  readonly receivedAt: number
  /** Its newest event, and the newest that counted as an entry. */
  readonly lastAt: number
  readonly countedAt: number
  readonly endedAt: number | null
  readonly conclusion: Conclusion | null
  readonly entries: number
  /** The last that counted or changed anything. */
  readonly fixes: readonly string[]
  readonly policyVersion: number
  /** Null unless it is about the battery. */
  readonly charge: Charge | null
}

/** What is told of the battery, as it was when it was last worth telling. */
export interface Charge {
  readonly stage: BatteryStage
  /** Per cent; null: the tag gave none. */
  readonly level: number | null
  /** By a level or by the tag's own word; otherwise by its trend alone. */
  readonly measured: boolean
  /** By its trend it is empty by now, and nothing has been heard since. */
  readonly presumedDead: boolean
  readonly emptyAt: number | null
}

export const freshDevice: DeviceState = {
  lastEvent: null,
  nearBeacon: false,
  battery: { charging: null, said: null, trend: null, emptyAt: null },
  episodes: [],
}

/** The episode of a subject that is under way, or ended less than `eventFoldMs` ago. */
export function episodeOf(
  { episodes }: Pick<DeviceState, 'episodes'>,
  subject: DeviceSubject,
): DeviceEpisode | undefined {
  return episodes.find(episode => episode.subject === subject)
}

export function openEpisodeOf(state: Pick<DeviceState, 'episodes'>, subject: DeviceSubject): DeviceEpisode | undefined {
  const episode = episodeOf(state, subject)
  return episode?.endedAt === null ? episode : undefined
}

export function withEpisode(state: DeviceState, episode: DeviceEpisode): DeviceState {
  const known = episodeOf(state, episode.subject)
  if (known === episode) return state
  if (known === undefined) return { ...state, episodes: [...state.episodes, episode] }
  return { ...state, episodes: state.episodes.map(other => (other === known ? episode : other)) }
}

/** Explains silence only while the tag can be believed to be on and on its wearer. */
export function isNearBeacon(state: DeviceState): boolean {
  return state.nearBeacon && isTrusted(state)
}

/** Only by the tag's own word: of a level that rose once, nobody knows how long it went on. */
export function isCharging(state: DeviceState): boolean {
  return state.battery.charging === 'told' && isTrusted(state)
}

function isTrusted(state: DeviceState): boolean {
  return openEpisodeOf(state, 'power') === undefined && openEpisodeOf(state, 'strap') === undefined
}

const TROUBLES = ['power', 'battery', 'strap', 'case', 'jamming'] as const satisfies readonly DeviceSubject[]

/** What was wrong with the tag when it was last heard, likeliest cause of a silence first. Null: nothing. */
export function troubleOf(state: DeviceState): DeviceSubject | null {
  const isWrong = (subject: DeviceSubject) => {
    const episode = episodeOf(state, subject)
    return episode !== undefined && episode.conclusion !== 'restored'
  }
  return TROUBLES.find(isWrong) ?? null
}
