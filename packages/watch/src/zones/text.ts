import type { EpisodeKind, NearStretch, Sighting } from './memory.ts'

// One sentence each, in English, without names and without times of day: the console writes those in the reader's own zone.

const PLACES: Record<EpisodeKind, string> = {
  'exclusion-breach': 'inside the exclusion zone',
  'restriction-breach': 'outside the restriction zone',
  'inclusion-absence': 'away from the inclusion zone during its hours',
  'buffer-entry': 'in the buffer',
  'possible-transit': 'on a way through the zone',
  visit: 'inside the zone of interest',
}

const LAPSES = {
  hours: 'the hours ended',
  pass: 'a pass began',
  priority: 'a condition of higher priority came into force',
  'condition-ended': 'the condition ended',
  'activation-ended': 'the activation ended',
} as const
export type Lapse = keyof typeof LAPSES

export interface Said {
  readonly kind: EpisodeKind
  readonly sighting: Sighting
  readonly probability: number
}

/** What is new, none when it was just raised; where the fix lies and how probable just that is. */
export function insideText(news: readonly string[], { kind, sighting, probability }: Said): string {
  return `${capitalised([...news, PLACES[kind]].join(', '))}: ${lieOf(sighting)}, ${chanceOf(probability)}.`
}

/** The hours began, or the zone was changed, and the last fix was on the wrong side. */
export function clockText({ kind, sighting, probability }: Said, agoMs: number): string {
  const age = agoMs <= 0 ? '' : `, ${spanOf(agoMs)} before`
  return `It came into force with the wearer ${PLACES[kind]}: last fix${age} ${lieOf(sighting)}, ${chanceOf(probability)}.`
}

export function leftText(sighting: Sighting, outside: { fixes: number; forMs: number }, probability: number): string {
  return `Left: ${count(outside.fixes, 'fix', 'fixes')} away over ${spanOf(outside.forMs)}, the last ${lieOf(sighting)}, ${chanceOf(probability)}.`
}

export function unconfirmedText(inside: number, left: string): string {
  return `Never confirmed: ${count(inside, 'fix', 'fixes')} past the boundary, too few or too alike. ${left}`
}

export function doubtText(sighting: Sighting, forMs: number, probability: number): string {
  return `Nothing past the boundary for ${spanOf(forMs)}: the last fix ${lieOf(sighting)}, ${chanceOf(probability)}.`
}

export function lapsedText(why: Lapse): string {
  return `Ended by the clock, not by a fix: ${LAPSES[why]}.`
}

export function transitText({
  metres,
  gapMs,
  depthM,
  probability,
}: {
  metres: number
  gapMs: number
  depthM: number
  probability: number
}): string {
  return `No fix inside, but the straight way of ${Math.round(metres)} m between two fixes ${spanOf(gapMs)} apart goes ${Math.round(depthM)} m deep through the zone, ${chanceOf(probability)}.`
}

export function nearMissText({ fixes, sighting, ofBuffer, ringProbability }: NearStretch): string {
  const counted = fixes === 1 ? '1 fix' : `${fixes} fixes, the likeliest`
  return `${counted} ${lieOf(sighting)}, ${chanceOf(ringProbability)} of ${ofBuffer ? 'the buffer or past it' : 'a breach'}.`
}

/** "40 m outside the boundary, circle 120 m" */
function lieOf({ distanceM, accuracyM, accuracyAssumed }: Sighting): string {
  const side = distanceM < 0 ? 'inside' : 'outside'
  const assumed = accuracyAssumed ? ' (assumed)' : ''
  return `${Math.round(Math.abs(distanceM))} m ${side} the boundary, circle ${Math.round(accuracyM)} m${assumed}`
}

function chanceOf(probability: number): string {
  if (probability > 0.99) return 'P > 0.99'
  return probability < 0.01 ? 'P < 0.01' : `P = ${probability.toFixed(2)}`
}

/** "40 s", "12 min", "3 h 5 min" */
function spanOf(ms: number): string {
  const seconds = Math.round(ms / 1_000)
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 120) return `${minutes} min`
  const rest = minutes % 60
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`
}

const count = (n: number, one: string, more: string) => `${n} ${n === 1 ? one : more}`

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
