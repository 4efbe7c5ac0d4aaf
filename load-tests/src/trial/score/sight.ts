import type { Fix } from '@cordon/contract'
import type { Stretch } from '../truth/find-truth.ts'
import type { LieOf } from '../truth/lie-of-condition.ts'

/** What the measurements of one run allow anyone to know of a true entry. */
export interface Sight {
  /** Fixes measured during it. */
  readonly fixes: number
  /** Of those, points past the boundary. */
  readonly dotsPast: number
  readonly isCellOnly: boolean
  /** Metres: middle of the circles stated during it; of the whole run where none was. */
  readonly circleM: number
  /** Deeper than that circle. */
  readonly isDeep: boolean
}

export interface SeenFix {
  readonly fix: Fix
  readonly place: { readonly x: number; readonly y: number }
}

export function sightOf(
  entry: Stretch,
  seen: readonly SeenFix[],
  { lieOf, startsAt }: { lieOf: LieOf; startsAt: number },
): Sight {
  const during = seen.filter(({ fix }) => fix.measuredAt >= entry.from && fix.measuredAt < entry.to)
  const isPast = ({ fix, place }: SeenFix) =>
    lieOf((fix.measuredAt - startsAt) / 1_000, place, [fix.lon, fix.lat]).isPast
  const circleM = medianCircleM(during) ?? medianCircleM(seen) ?? Infinity
  return {
    fixes: during.length,
    dotsPast: during.filter(isPast).length,
    isCellOnly: during.length > 0 && during.every(({ fix }) => fix.source === 'cell'),
    circleM,
    isDeep: entry.greatestDepthM > circleM,
  }
}

/** Undefined where no fix states a circle. */
function medianCircleM(seen: readonly SeenFix[]): number | undefined {
  const radii = seen.flatMap(({ fix }) => fix.accuracyM ?? []).sort((a, b) => a - b)
  return radii[Math.floor(radii.length / 2)]
}
