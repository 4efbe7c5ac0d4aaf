import { type Interval, perDay, quantile, wilson } from './intervals.ts'
import { type Found, GROUPS, type Group, type Tally } from './tally.ts'

/** A tally in the figures that people compare. */
export interface Figures {
  readonly days: number
  readonly groups: Readonly<Record<Group, Share>>
  readonly falseConfirmed: Rate
  readonly falsePossible: Rate
  readonly falseTransits: Rate
  readonly falseBuffers: Rate
  readonly nearMissesPerDay: number
  readonly incidentsPerEpisode: number | null
  readonly delayS: Delay
  readonly confirmDelayS: Delay
}

/** Of true entries of 60 s and more. */
export interface Share extends Found {
  readonly share: number | null
  readonly interval: Interval
  readonly confirmedShare: number | null
}

/** Per wearer-day. */
export interface Rate {
  readonly count: number
  readonly perDay: number
  readonly interval: Interval
}

export interface Delay {
  readonly median: number | null
  readonly p95: number | null
}

export function toFigures(tally: Tally): Figures {
  const { days, episodes, episodeIncidents, nearMisses } = tally
  // only of confirmed ones is the spread between runs kept; the others are told as if they came one by one
  const rate = (count: number, variance = count): Rate => ({
    count,
    perDay: rounded(count / days),
    interval: roundedInterval(perDay(count, variance, days)),
  })
  return {
    days: rounded(days),
    groups: Object.fromEntries(GROUPS.map(group => [group, toShare(tally.groups[group])])) as Record<Group, Share>,
    falseConfirmed: rate(tally.falseConfirmed, tally.falseVariance),
    falsePossible: rate(tally.falsePossible),
    falseTransits: rate(tally.falseTransits),
    falseBuffers: rate(tally.falseBuffers),
    nearMissesPerDay: rounded(nearMisses / days),
    incidentsPerEpisode: shareOf(episodeIncidents, episodes),
    delayS: toDelay(tally.delaysS),
    confirmDelayS: toDelay(tally.confirmDelaysS),
  }
}

function toShare(found: Found): Share {
  const share = shareOf(found.found, found.entries)
  const confirmedShare = shareOf(found.confirmed, found.entries)
  return { ...found, share, interval: roundedInterval(wilson(found.found, found.entries)), confirmedShare }
}

function toDelay(delaysS: readonly number[]): Delay {
  const at = (share: number) => (delaysS.length === 0 ? null : rounded(quantile(delaysS, share)))
  return { median: at(0.5), p95: at(0.95) }
}

const shareOf = (part: number, of: number): number | null => (of === 0 ? null : rounded(part / of))
const rounded = (value: number): number => Number(value.toPrecision(5))
const roundedInterval = ({ low, high }: Interval): Interval => ({ low: rounded(low), high: rounded(high) })
