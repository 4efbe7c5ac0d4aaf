import type { DeviceEventMessage, FixMessage } from '@cordon/contract'
import { createReceiver } from '../error/create-receiver.ts'
import type { TrueFix } from '../faults/create-faults.ts'
import { createRandom } from '../random/create-random.ts'
import { createDevice, type DeviceOptions } from './device.ts'
import { type DeviceState, eventsBetween } from './device-events.ts'
import type { LifeClock } from './life-clock.ts'

/** What a tag measures at a time, or why it measures nothing. */
export type Sensed =
  | { readonly type: 'measured'; readonly fix: TrueFix; readonly events: readonly DeviceEventMessage[] }
  | { readonly type: 'quiet'; readonly why: 'no-signal' | 'power-off'; readonly events: readonly DeviceEventMessage[] }

export interface SensorOptions extends DeviceOptions {
  readonly clock: LifeClock
  /** Sequence numbers begin after it. */
  readonly lastSeq: number
}

/** Some makers write times as text, some as a number; here one tag in so many does the latter. */
const NUMBERED_SHARE = 0.3

/** Measures, at times of the machine's clock that do not run backwards. */
export function createSensor(options: SensorOptions): { sense(stampedAt: number): Sensed } {
  const { seed, life, clock, troubles } = options
  const { tagId, curfew } = options.wearer
  const receiver = createReceiver({ seed, tagId, hasBeacon: curfew !== null })
  const device = createDevice(options)
  const isNumbered = createRandom('model', seed, tagId).chance(NUMBERED_SHARE)
  let seq = options.lastSeq
  let before: DeviceState | undefined

  const eventsAt = (now: DeviceState, time: FixMessage['time']) => {
    const types = eventsBetween(before, now)
    before = now
    return types.map((type): DeviceEventMessage => ({ time, seq: ++seq, type, battery: now.batteryPercent }))
  }
  const sense = (stampedAt: number): Sensed => {
    const at = clock.lifeTime(stampedAt)
    // What happens meanwhile is told when there is a signal again.
    if (troubles.at('no-signal', at) !== undefined) return { type: 'quiet', why: 'no-signal', events: [] }
    const now = device.at(at)
    const time = isNumbered ? stampedAt : new Date(stampedAt).toISOString()
    if (!now.isOn) return { type: 'quiet', why: 'power-off', events: eventsAt(now, time) }
    const where = life.at(at)
    const { measured, isJump } = receiver.receive(where, stampedAt)
    const message: FixMessage = { time, ...measured, seq: ++seq, battery: now.batteryPercent }
    const fix = { message, trueLon: where.point.lon, trueLat: where.point.lat, isJump }
    return { type: 'measured', fix, events: eventsAt(now, time) }
  }
  return { sense }
}
