import type { LivePosition, Position } from '@cordon/contract'

/** A position of the database, which is written as JSON is, as it comes over the broker. */
export const toLivePosition = (position: Position): LivePosition => ({
  wearerId: position.wearerId,
  activationId: position.activationId,
  measuredAt: Date.parse(position.time),
  receivedAt: Date.parse(position.receivedAt),
  lon: position.lon,
  lat: position.lat,
  accuracyM: position.accuracy,
  source: position.source,
  speedMps: position.speed,
  headingDeg: position.heading,
  battery: position.battery,
})
