import type { WatchContext } from '../context/watch-context.ts'
import { type DeviceState, isCharging, isNearBeacon, troubleOf } from '../device/device-state.ts'
import { type KnownSilence, knownSilence } from './known-silence.ts'
import type { SilenceContext } from './silence.ts'

/** What a tag said of itself, and when it was last heard. */
export interface HeardTag {
  readonly device: DeviceState
  readonly heardAt: number | null
}

/** What silence is judged by at a moment. */
export function silenceContext(context: WatchContext, tag: HeardTag, at: number): SilenceContext {
  const { activation, risk, policies } = context
  return { plan: policies.at(at), risk, activation, known: knownOf(context, tag, at), after: troubleOf(tag.device) }
}

/**
 * Why nothing needs to be heard of the wearer at that moment, or null. What a person decided holds as long as it was decided; what
 * the tag said of itself only for a time, for nobody knows whether it still lies on its charger.
 */
export function knownOf(context: WatchContext, { device, heardAt }: HeardTag, at: number): KnownSilence | null {
  const { suspensions, leaves, policies } = context
  const holds = ({ from, to }: { readonly from: number; readonly to: number }) => from <= at && at < to
  const isRecent = heardAt !== null && at - heardAt < policies.at(at).knownSilenceMs
  return knownSilence({
    suspension: suspensions.find(holds)?.reason ?? null,
    onPass: leaves.some(holds),
    nearBeacon: isRecent && isNearBeacon(device),
    charging: isRecent && isCharging(device),
  })
}
