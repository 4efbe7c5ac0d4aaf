import type { DeviceEventType } from '@cordon/contract'
import { BATTERY_CRITICAL_PERCENT, BATTERY_LOW_PERCENT } from '../error/battery.ts'

/** What of a tag's state makes device events when it changes. */
export interface DeviceState {
  readonly isOn: boolean
  /** Of a beacon at home, for those who have one. */
  readonly isNearBeacon: boolean
  readonly isCharging: boolean
  readonly batteryPercent: number
  readonly isStrapCut: boolean
  readonly isCaseOpen: boolean
}

/** A tag that has said nothing of itself. */
const UNSAID: DeviceState = {
  ...{ isOn: true, isNearBeacon: false, isCharging: false, batteryPercent: 100, isStrapCut: false, isCaseOpen: false },
}

/** The events between two states; without an earlier one, what a tag tells when it is put on. */
export function eventsBetween(before: DeviceState = UNSAID, now: DeviceState): DeviceEventType[] {
  if (!now.isOn) return before.isOn ? ['power-off'] : []
  const events: DeviceEventType[] = before.isOn ? [] : ['power-on']
  const changed = (part: 'isNearBeacon' | 'isCharging' | 'isStrapCut') => now[part] !== before[part]
  if (changed('isNearBeacon')) events.push(now.isNearBeacon ? 'beacon-near' : 'beacon-away')
  if (changed('isCharging')) events.push(now.isCharging ? 'charging' : 'uncharging')
  const fellBelow = (percent: number) => now.batteryPercent < percent && before.batteryPercent >= percent
  if (!now.isCharging && fellBelow(BATTERY_LOW_PERCENT)) events.push('battery-low')
  if (!now.isCharging && fellBelow(BATTERY_CRITICAL_PERCENT)) events.push('battery-critical')
  if (changed('isStrapCut')) events.push(now.isStrapCut ? 'strap-cut' : 'strap-restored')
  // of a case that is closed again the tag says nothing
  if (now.isCaseOpen && !before.isCaseOpen) events.push('case-open')
  return events
}
