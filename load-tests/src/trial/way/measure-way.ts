import type { Fix } from '@cordon/contract'
import type { Frame } from '../ground/frame.ts'
import type { Chance } from '../noise/chance.ts'
import { createReceiver, type Reception } from '../noise/create-receiver.ts'
import type { Variant } from '../noise/variants.ts'
import type { Fault, Scenario } from '../scenario.ts'
import { followWay, type Place } from './follow-way.ts'

export interface Rate {
  readonly name: string
  readonly intervalS: number
}

export const RATES: readonly Rate[] = [
  { name: '1 a minute', intervalS: 60 },
  { name: '1 in 15 s', intervalS: 15 },
]

/** Seconds by which a tag misses its own beat. */
const JITTER_S = 1

export interface Measuring {
  readonly frame: Frame
  readonly intervalS: number
  readonly variant: Variant
  readonly chance: Chance
}

/**
 * What the tag measures on its way; when its first fix falls is chance. `receivedAt` is the true moment, to which the delivery
 * adds; `measuredAt` is by the tag's clock.
 */
export function measureWay(scenario: Scenario, { frame, intervalS, variant, chance }: Measuring): Fix[] {
  const placeAt = followWay(scenario.way)
  const receive = createReceiver(chance, variant)
  const disturb = createDisturbance(scenario)
  const fixes: Fix[] = []
  let lastS = 0
  for (let dueS = chance.uniform() * intervalS; dueS < scenario.way.endS; dueS += intervalS) {
    const atS = Math.max(lastS, dueS + chance.between(-JITTER_S, JITTER_S))
    const place = placeAt(atS)
    const reception = receive(place.environment, atS - lastS, place.speedMps)
    lastS = atS
    if (reception === undefined) continue
    const speedMps = reception.source === 'gnss' ? Math.max(0, place.speedMps + 0.2 * chance.normal()) : null
    const { x, y, clockS, accuracyM } = disturb(atS, place, reception)
    const [lon, lat] = frame.toLonLat(x, y)
    const receivedAt = scenario.startsAt + Math.round(atS * 1_000)
    // written out, not spread: there are millions of them
    fixes.push({
      measuredAt: receivedAt + clockS * 1_000,
      sentAt: null,
      receivedAt,
      lon: rounded(lon, 1e7),
      lat: rounded(lat, 1e7),
      accuracyM: accuracyM === null ? null : rounded(accuracyM, 10),
      source: reception.source,
      seq: fixes.length + 1,
      speedMps,
      headingDeg: place.speedMps > 0 ? Math.round(place.headingDeg) : null,
      altitudeM: null,
      satellites: null,
      hdop: null,
      battery: null,
    })
  }
  return fixes
}

/** As tags send them: 7 decimals of a degree, decimetres. */
const rounded = (value: number, digits: number) => Math.round(value * digits) / digits

interface Disturbed {
  readonly x: number
  readonly y: number
  readonly clockS: number
  readonly accuracyM: number | null
}

/** The faults of the script, laid over what was received. */
function createDisturbance({ faults }: Scenario) {
  const jumpsLeft = new Map<Fault, number>()
  return (atS: number, place: Place, { dx, dy, accuracyM }: Reception): Disturbed => {
    let disturbed: Disturbed = { x: place.x + dx, y: place.y + dy, clockS: 0, accuracyM }
    for (const fault of faults) {
      if (fault.type === 'no-accuracy') disturbed = { ...disturbed, accuracyM: null }
      else if (fault.type === 'clock-ahead') {
        if (atS >= fault.fromS && atS < fault.toS) disturbed = { ...disturbed, clockS: fault.byS }
      } else if (atS >= fault.atS) {
        const left = jumpsLeft.get(fault) ?? fault.fixes
        jumpsLeft.set(fault, left - 1)
        if (left > 0) disturbed = { ...disturbed, x: fault.x + dx, y: fault.y + dy }
      }
    }
    return disturbed
  }
}
