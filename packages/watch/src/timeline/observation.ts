import { DEVICE_EVENT_TYPES, type DeviceEvent, type Fix } from '@cordon/contract'

/** What a tag says of one moment. */
export type Observation =
  | { readonly type: 'fix'; readonly fix: Fix }
  | { readonly type: 'event'; readonly event: DeviceEvent }

/** Identity of an observation within its activation, and its place in the order of measurement.. */
export type ObservationKey = readonly [measuredAt: number, type: number, seq: number]

const FIX = DEVICE_EVENT_TYPES.length

export function keyOf(observation: Observation): ObservationKey {
  if (observation.type === 'fix') return fixKey(observation.fix.measuredAt, observation.fix.seq)
  const { measuredAt, type, seq } = observation.event
  return [measuredAt, DEVICE_EVENT_TYPES.indexOf(type), seq]
}

export const fixKey = (measuredAt: number, seq: number): ObservationKey => [measuredAt, FIX, seq]
export const isFixKey = ([, type]: ObservationKey): boolean => type === FIX

/** Events come before fixes of the same millisecond, in the order of the vocabulary's list, then by the tag's own number. */
export function compareKeys(a: ObservationKey, b: ObservationKey): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

/** In the order of measurement. Clocks of receipt play no part: of two tellings of one observation the first received stays. */
export function sortObservations(observations: readonly Observation[]): readonly Observation[] {
  if (observations.length < 2) return observations
  return observations
    .map(observation => ({ observation, key: keyOf(observation) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ observation }) => observation)
}

/** Without a place, a time or a number of its own nothing can be judged. The decoders let none through; here it must do no harm. */
export function isUsable(observation: Observation): boolean {
  const { measuredAt, receivedAt, seq } = observation.type === 'fix' ? observation.fix : observation.event
  if (!isTime(measuredAt) || !isTime(receivedAt) || !Number.isFinite(seq)) return false
  return observation.type === 'event' || (Math.abs(observation.fix.lon) <= 180 && Math.abs(observation.fix.lat) <= 90)
}

/** A date may lie 8.64e15 ms from 1970; hours are looked for some way ahead. */
const isTime = (at: number): boolean => Math.abs(at) <= 8e15

export const measuredAtOf = (observation: Observation): number =>
  observation.type === 'fix' ? observation.fix.measuredAt : observation.event.measuredAt

export const receivedAtOf = (observation: Observation): number =>
  observation.type === 'fix' ? observation.fix.receivedAt : observation.event.receivedAt
