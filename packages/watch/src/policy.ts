import { type FixSource, LIMITS } from '@cordon/contract'

/** How far one source of positions is believed. */
export interface SourcePolicy {
  /** Metres: radius of the 95 % circle used when the tag gives none. Pessimistic on purpose. */
  readonly assumedAccuracyM: number
  /** One fix with at least this probability of being past the boundary raises an incident, as possible. */
  readonly possibleProbability: number
  /** Whether its fixes can make an incident confirmed. */
  readonly confirms: boolean
}

/** Every number that the engine judges by. Times in milliseconds, probabilities from 0 to 1. */
export interface WatchPolicy {
  /** On every judgement. A changed number is a new version. */
  readonly version: number
  readonly sources: Readonly<Record<FixSource, SourcePolicy>>
  /** Metres: no circle is taken to be smaller than this, whatever the tag says. */
  readonly leastAccuracyM: number
  /** Metres: a fix with a wider circle says nothing about a zone; it only has its place in the order. */
  readonly worstAccuracyM: number
  /** At least this probability makes a fix a proof, and two proofs at least `corroborationMs` apart make it confirmed. */
  readonly confirmedProbability: number
  readonly corroborationMs: number
  /** Out is a fix with at most this probability of being within the zone, its buffer and `exitMarginM` metres more. */
  readonly exitProbability: number
  readonly exitMarginM: number
  /** So many fixes out, with none in between them inside, spread over at least `exitMs`, end an episode. */
  readonly exitFixes: number
  readonly exitMs: number
  /** Inside again within this time after the end: the same incident goes on. */
  readonly rejoinMs: number
  /** At least this probability, without being enough for an incident, is a near miss. */
  readonly nearMissProbability: number
  /** Near fixes no further apart than this are one near miss; one of `nearMissLongestMs` is told and a new one begun. */
  readonly nearMissGapMs: number
  readonly nearMissLongestMs: number
  /** An open incident is told again when it got this many times deeper than last told, at most once per `deeperEveryMs`. */
  readonly deeperFactor: number
  readonly deeperEveryMs: number
  /** Metres: growth from a depth below this is counted from here. */
  readonly deeperFromM: number
  /** A fix measured this much after it was received is kept aside. */
  readonly futureMs: number
  /** Standard deviations beyond the outermost ring at which a zone is not looked at any closer. */
  readonly farSigmas: number
}

/**
 * The first policy, and how its numbers came about. With a 95 % circle of radius r an axis has σ = r / 2.4477.
 *
 * - Assumed circles: GNSS 100 m (street canyon or indoors; the guides of the field call more than that a poor fix), wifi
 *   150 m (an access point moved or heard across a street), cell 1,600 m (the upper end of the 500 to 1,600 m measured
 *   for tower fixes), beacon 50 m (range of a home beacon through walls).
 * - Least circle 5 m: below it the reported figure is receiver optimism. Worst 5,000 m: P is then about a half for every
 *   zone of a town, which is no evidence for any of them.
 * - Possible 0.8 (z = 0.84): a wearer at home 30 m from a fence with a 30 m circle (2.4 σ) must be off by 3.3 σ, 5e-4 per
 *   independent error; at one every 5 minutes that is one false possible a week. At 0.5 it would be two a day.
 *   Cell 0.95 (z = 1.64): 1 km away with the assumed circle an error of 3.2 σ, where 0.8 would need only 2.4 σ.
 * - Confirmed 0.95, twice, 30 s apart: errors of successive fixes are alike for tens of seconds, so within that time a
 *   second fix is the same proof again. Two independent ones leave 0.05² = 1 in 400. Cell fixes never confirm.
 * - Exit: the mirror of entry (1 − 0.8), beyond 10 m of margin so that a walk along the fence does not chatter, in 2
 *   fixes over 30 s so that one jump does not end an episode; at one fix a minute the end is known a minute later.
 * - Rejoin 10 minutes: out of a shop's back door and in again is one matter for the operator, an hour later another.
 * - Near miss from 0.05 (1.64 σ): less is what a passer-by two circles away gives. A gap of 10 minutes ends it, as for
 *   an episode; one hour is the longest, so that a night beside the fence leaves 8 to 12 records, each readable.
 * - Far 3 σ: P = 0.0013, well below every threshold above.
 */
export const defaultPolicy: WatchPolicy = {
  version: 1,
  sources: {
    gnss: { assumedAccuracyM: 100, possibleProbability: 0.8, confirms: true },
    wifi: { assumedAccuracyM: 150, possibleProbability: 0.8, confirms: true },
    cell: { assumedAccuracyM: 1_600, possibleProbability: 0.95, confirms: false },
    beacon: { assumedAccuracyM: 50, possibleProbability: 0.8, confirms: true },
  },
  leastAccuracyM: 5,
  worstAccuracyM: 5_000,
  confirmedProbability: 0.95,
  corroborationMs: 30_000,
  exitProbability: 0.2,
  exitMarginM: 10,
  exitFixes: 2,
  exitMs: 30_000,
  rejoinMs: 600_000,
  nearMissProbability: 0.05,
  nearMissGapMs: 600_000,
  nearMissLongestMs: 3_600_000,
  deeperFactor: 2,
  deeperEveryMs: 600_000,
  deeperFromM: 50,
  futureMs: LIMITS.futureMs,
  farSigmas: 3,
}
