import type { TagId } from './ids.ts'
import type { DeviceEventType, FixSource, TagProtocol } from './vocabulary.ts'

/**
 * One position as the services pass it on: parsed, in SI units, times as epoch milliseconds.
 * `null` is "the tag did not say"; in particular an unknown accuracy is never 0.
 */
export interface Fix {
  readonly measuredAt: number
  readonly sentAt: number | null
  readonly receivedAt: number
  /** WGS 84 degrees. */
  readonly lon: number
  readonly lat: number
  /** Radius in metres of the 95 % circle. */
  readonly accuracyM: number | null
  readonly source: FixSource
  /** The tag's own number; 0 when it gives none. With the activation and `measuredAt` it is the fix's identity. */
  readonly seq: number
  readonly speedMps: number | null
  /** Degrees clockwise from true north. */
  readonly headingDeg: number | null
  readonly altitudeM: number | null
  readonly satellites: number | null
  readonly hdop: number | null
  /** Per cent. */
  readonly battery: number | null
}

export interface DeviceEvent {
  readonly measuredAt: number
  readonly receivedAt: number
  readonly seq: number
  readonly type: DeviceEventType
  readonly battery: number | null
}

export interface TagStatus {
  readonly online: boolean
  readonly receivedAt: number
}

export interface CommandAck {
  readonly commandId: string
  readonly measuredAt: number
  readonly receivedAt: number
  readonly result: 'ok' | 'failed'
  readonly detail: string | null
}

/** Why an item could not be used: stored in quarantine with the raw bytes, never thrown. */
export interface Rejection {
  /** Stable, kebab-case: `not-json`, `field-missing`, `out-of-range`, … */
  readonly code: string
  /** Where: `lat`, `[3].time`, `position.fixTime`; empty when the message as a whole is at fault. */
  readonly field: string
  /** What is wrong and what was expected, for a person. Never holds a coordinate. */
  readonly detail: string
  /** Index within an array message; null for the message as a whole. */
  readonly index: number | null
}

/** What one MQTT message says, whatever bytes it was made of. `tagId` is null when even the topic or device id is unusable. */
export interface DecodedMessage {
  readonly protocol: TagProtocol | null
  readonly tagId: TagId | null
  readonly fixes: readonly Fix[]
  readonly events: readonly DeviceEvent[]
  readonly statuses: readonly TagStatus[]
  readonly acks: readonly CommandAck[]
  readonly rejections: readonly Rejection[]
}
