import type { DeviceEvent, DeviceEventType, Fix } from '@cordon/contract'
import { defaultPolicy } from '../policy/policy.ts'
import type { EpisodeView } from '../told/episode-view.ts'
import { type DevicePolicy, type DeviceState, freshDevice } from './device-state.ts'
import { advanceDevice, type DeviceResult, deviceViews, observeEvent, observeFix } from './observe-device.ts'

export const START = Date.UTC(2026, 4, 4, 9)
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const POLICY: DevicePolicy = {
  version: 3,
  batteryWarnPercent: 20,
  batteryCriticalPercent: 10,
  batteryForecastMs: 2 * HOUR,
  eventFoldMs: 10 * MINUTE,
}
/** The settings that matter here are the defaults of the software. */
export const isDefault = Object.entries(POLICY).every(
  ([name, value]) => name === 'version' || defaultPolicy[name as keyof DevicePolicy] === value,
)

export function anEvent(type: DeviceEventType, atMin: number, level: number | null = null, seq = atMin): DeviceEvent {
  const measuredAt = START + atMin * MINUTE
  return { measuredAt, receivedAt: measuredAt + 1_000, seq, type, battery: level }
}

export function aFix(atMin: number, level: number | null = null, seq = atMin): Fix {
  const measuredAt = START + atMin * MINUTE
  return {
    measuredAt,
    sentAt: null,
    receivedAt: measuredAt + 1_000,
    lon: -0.9,
    lat: 52.24,
    accuracyM: 10,
    source: 'gnss',
    seq,
    speedMps: null,
    headingDeg: null,
    altitudeM: null,
    satellites: null,
    hdop: null,
    battery: level,
  }
}

/** A tag whose story is told in minutes after `START`, with all that came of it. */
export class TagStory {
  state: DeviceState = freshDevice
  readonly policy: DevicePolicy

  constructor(policy: DevicePolicy = POLICY) {
    this.policy = policy
  }

  event(type: DeviceEventType, atMin: number, level: number | null = null, seq = atMin): string[] {
    return this.#take(observeEvent(this.state, anEvent(type, atMin, level, seq), this.policy))
  }

  fix(atMin: number, level: number | null = null): string[] {
    return this.#take(observeFix(this.state, aFix(atMin, level), this.policy))
  }

  /** Levels at even distances, the first at `fromMin`. */
  levels(fromMin: number, everyMin: number, levels: readonly number[]): string[] {
    return levels.flatMap((level, i) => this.fix(fromMin + i * everyMin, level))
  }

  until(atMin: number): string[] {
    return this.#take(advanceDevice(this.state, START + atMin * MINUTE, this.policy))
  }

  views(): readonly EpisodeView[] {
    return deviceViews(this.state)
  }

  #take({ state, views }: DeviceResult): string[] {
    this.state = state
    return views.map(inShort)
  }
}

const minutes = (at: number) => (at - START) / MINUTE

/** "strap-tamper critical confirmed from 0 to 5 restored, 2 times" */
function inShort({ kind, severity, certainty, beganAt, endedAt, conclusion, reason }: EpisodeView): string {
  const end = endedAt === null ? '' : ` to ${minutes(endedAt)} ${conclusion}`
  const times = reason.entries === 1 ? '' : `, ${reason.entries} times`
  return `${kind} ${severity} ${certainty} from ${minutes(beganAt)}${end}${times}`
}

export function textsOf(views: readonly EpisodeView[]): string[] {
  return views.map(({ reason }) => reason.text)
}
