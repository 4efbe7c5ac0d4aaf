import type { DeviceEventMessage, FixMessage } from '@cordon/contract'
import { createBattery } from '../error/battery.ts'
import { createReceiver } from '../error/create-receiver.ts'
import type { TrueFix } from '../faults/create-faults.ts'
import type { Life } from '../life/create-life.ts'
import { createRandom } from '../random/create-random.ts'
import { type DeviceState, eventsBetween } from './device-events.ts'
import type { LifeClock } from './life-clock.ts'

/** What a tag measures at a time. */
export interface Sensed {
  readonly fix: TrueFix
  readonly events: readonly DeviceEventMessage[]
}

export interface SensorOptions {
  readonly seed: number
  readonly tagId: string
  readonly life: Life
  readonly clock: LifeClock
  /** Sequence numbers begin after it. */
  readonly lastSeq: number
}

/** Some makers write times as text, some as a number; here one tag in so many does the latter. */
const NUMBERED_SHARE = 0.3

/** Measures, at times of the machine's clock that do not run backwards. */
export function createSensor({ seed, tagId, life, clock, lastSeq }: SensorOptions): {
  sense(stampedAt: number): Sensed
} {
  const receiver = createReceiver({ seed, tagId })
  const battery = createBattery(seed, tagId)
  const isNumbered = createRandom('model', seed, tagId).chance(NUMBERED_SHARE)
  let seq = lastSeq
  let before: DeviceState | undefined

  const sense = (stampedAt: number): Sensed => {
    const at = clock.lifeTime(stampedAt)
    const where = life.at(at)
    const { percent, isCharged } = battery.at(at, life.dayOf(at))
    const time = isNumbered ? stampedAt : new Date(stampedAt).toISOString()
    const now = { isHome: where.isHome, isCharging: isCharged && where.isHome, batteryPercent: percent }
    const types = eventsBetween(before, now)
    before = now
    const { measured, isJump } = receiver.receive(where, stampedAt)
    const message: FixMessage = { time, ...measured, seq: ++seq, battery: percent }
    const events = types.map((type): DeviceEventMessage => ({ time, seq: ++seq, type, battery: percent }))
    return { fix: { message, trueLon: where.point.lon, trueLat: where.point.lat, isJump }, events }
  }
  return { sense }
}
