import type { DeviceEventType } from '@cordon/contract'
import { BATTERY_LOW_PERCENT } from '../error/battery.ts'

/** What of a tag's state makes device events when it changes. */
export interface DeviceState {
  readonly isHome: boolean
  readonly isCharging: boolean
  readonly batteryPercent: number
}

/** The events between two states; without an earlier one, what a tag tells when it is switched on. */
export function eventsBetween(before: DeviceState | undefined, now: DeviceState): DeviceEventType[] {
  const events: DeviceEventType[] = []
  const changed = (part: 'isHome' | 'isCharging') => now[part] !== (before?.[part] ?? false)
  if (changed('isHome')) events.push(now.isHome ? 'beacon-near' : 'beacon-away')
  if (changed('isCharging')) events.push(now.isCharging ? 'charging' : 'uncharging')
  const isLow = ({ batteryPercent }: DeviceState) => batteryPercent < BATTERY_LOW_PERCENT
  if (isLow(now) && !now.isCharging && (before === undefined || !isLow(before))) events.push('battery-low')
  return events
}
