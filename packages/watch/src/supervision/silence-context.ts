import type { WatchContext } from '../context/watch-context.ts'
import { type DeviceState, isCharging, isNearBeacon, troubleOf } from '../device/device-state.ts'
import type { KnownSilence } from './known-silence.ts'
import type { SilenceContext } from './silence.ts'

/** What silence is judged by at a moment. */
export function silenceContext(context: WatchContext, device: DeviceState, at: number): SilenceContext {
  const { activation, risk, policies } = context
  return { plan: policies.at(at), risk, activation, known: knownSilence(context, device, at), after: troubleOf(device) }
}

function knownSilence({ suspensions, groups }: WatchContext, device: DeviceState, at: number): KnownSilence | null {
  const holds = ({ from, to }: { readonly from: number; readonly to: number }) => from <= at && at < to
  const suspension = suspensions.find(holds)
  if (suspension !== undefined) return { kind: 'suspended', detail: suspension.reason }
  if (isNearBeacon(device)) return { kind: 'beacon', detail: 'near the home beacon' }
  if (isCharging(device)) return { kind: 'charging', detail: 'on the charger' }
  const isOnPass = groups.some(
    ({ isPresence, versions }) => isPresence && versions.some(({ passes }) => passes.some(pass => pass.corridor === null && holds(pass))),
  )
  return isOnPass ? { kind: 'pass', detail: 'on a pass' } : null
}
