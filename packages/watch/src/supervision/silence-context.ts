import type { WatchContext } from '../context/watch-context.ts'
import { type DeviceState, isCharging, isNearBeacon, troubleOf } from '../device/device-state.ts'
import { type KnownSilence, knownSilence } from './known-silence.ts'
import type { SilenceContext } from './silence.ts'

/** What silence is judged by at a moment. */
export function silenceContext(context: WatchContext, device: DeviceState, at: number): SilenceContext {
  const { activation, risk, policies } = context
  return { plan: policies.at(at), risk, activation, known: knownOf(context, device, at), after: troubleOf(device) }
}

/** Why nothing needs to be heard of the wearer at that moment, or null. */
export function knownOf({ suspensions, groups }: WatchContext, device: DeviceState, at: number): KnownSilence | null {
  const holds = ({ from, to }: { readonly from: number; readonly to: number }) => from <= at && at < to
  const passes = groups.flatMap(({ isPresence, versions }) =>
    isPresence ? versions.flatMap(({ passes: all }) => all) : [],
  )
  return knownSilence({
    suspension: suspensions.find(holds)?.reason ?? null,
    onPass: passes.some(pass => pass.corridor === null && holds(pass)),
    nearBeacon: isNearBeacon(device),
    charging: isCharging(device),
  })
}
