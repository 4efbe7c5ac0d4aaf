import { createBattery } from '../error/battery.ts'
import { weakLevel } from '../error/weak-battery.ts'
import type { Life } from '../life/create-life.ts'
import type { Wearer } from '../people/wearer.ts'
import type { TroublePlan } from '../trouble/trouble.ts'
import type { DeviceState } from './device-events.ts'

/** The state of a tag at a time of its wearer's life. */
export interface Device {
  at(time: number): DeviceState
}

export interface DeviceOptions {
  readonly seed: number
  readonly wearer: Wearer
  readonly life: Life
  readonly troubles: TroublePlan
}

export function createDevice({ seed, wearer, life, troubles }: DeviceOptions): Device {
  const battery = createBattery(seed, wearer.tagId)
  const soundAt = (time: number) => battery.at(time, life.dayOf(time))
  return {
    at: time => {
      const { isHome } = life.at(time)
      const weak = troubles.at('weak-battery', time)
      const { percent, isCharged } = weak === undefined ? soundAt(time) : weakLevel(weak, time, soundAt)
      return {
        isOn: troubles.at('power-off', time) === undefined,
        isNearBeacon: isHome && wearer.curfew !== null,
        isCharging: isCharged && (isHome || weak !== undefined),
        batteryPercent: percent,
        isStrapCut: troubles.at('strap-cut', time) !== undefined,
        isCaseOpen: troubles.at('case-open', time) !== undefined,
      }
    },
  }
}
