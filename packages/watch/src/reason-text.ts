import type { EpisodeKind, NearStretch, Sighting } from './state.ts'
import type { Lapse } from './watched-condition.ts'

// One sentence each, in English, without names and without times: the console writes those in the reader's own zone.

const PLACES: Record<EpisodeKind, string> = {
  'exclusion-breach': 'inside the exclusion zone',
  'restriction-breach': 'outside the restriction zone',
  'buffer-entry': 'in the buffer',
}

const LAPSES: Record<Lapse, string> = {
  pass: 'a pass began',
  'condition-ended': 'the condition ended',
  'activation-ended': 'the activation ended',
  'condition-removed': 'the condition was removed',
}

/** What is new, none when it was just raised; where the fix lies and how probable just that is. */
export function insideText(
  news: readonly string[],
  { where, sighting, probability }: { where: EpisodeKind; sighting: Sighting; probability: number },
): string {
  return `${capitalised([...news, PLACES[where]].join(', '))}: ${lieOf(sighting)}, ${chanceOf(probability)}.`
}

export function leftText(sighting: Sighting, outside: { fixes: number; forMs: number }, probability: number): string {
  const seconds = Math.round(outside.forMs / 1_000)
  return `Left: ${outside.fixes} fixes away over ${seconds} s, the last ${lieOf(sighting)}, ${chanceOf(probability)}.`
}

export function lapsedText(why: Lapse): string {
  return `Ended by the clock, not by a fix: ${LAPSES[why]}.`
}

export function nearMissText({ fixesCounted, sighting, ofBuffer, probability }: NearStretch): string {
  const fixes = fixesCounted === 1 ? '1 fix' : `${fixesCounted} fixes, the likeliest`
  return `${fixes} ${lieOf(sighting)}, ${chanceOf(probability)} of ${ofBuffer ? 'the buffer or past it' : 'a breach'}.`
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

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
