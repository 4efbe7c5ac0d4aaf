import { toFigures } from '../score/figures.ts'
import type { TrialResult } from './run-trial.ts'

/** What the engine has to show, and whether it did. */
export interface Goal {
  readonly says: string
  readonly limit: string
  readonly figure: number | null
  readonly isMet: boolean
}

const LEAST_FOUND = 0.99
const MOST_FALSE_PER_DAY = 0.05
const LEAST_TIMES_FEWER = 10
const MOST_INCIDENTS_PER_EPISODE = 1.05

export function judgeGoals({ all, byRate }: TrialResult): Goal[] {
  const ours = toFigures(all.cordon)
  const naive = toFigures(all.naive)
  // none at all is taken as one, or nothing could be said of the ratio
  const timesFewer = all.naive.falseConfirmed / Math.max(1, all.cordon.falseConfirmed)
  const falsePerDay = ours.falseConfirmed.perDay
  const perEpisode = ours.incidentsPerEpisode
  return [
    ...byRate.map(({ rate, tallies }) => {
      const { share } = toFigures(tallies.cordon).groups['deep-measured']
      return {
        says: `true entries of 60 s and more, deeper than the circle, with a fix measured during them, that were found at ${rate.name}`,
        limit: `at least ${LEAST_FOUND}`,
        figure: share,
        isMet: share !== null && share >= LEAST_FOUND,
      }
    }),
    {
      says: 'false confirmed zone incidents a wearer-day',
      limit: `at most ${MOST_FALSE_PER_DAY}`,
      figure: falsePerDay,
      isMet: falsePerDay <= MOST_FALSE_PER_DAY,
    },
    {
      says: 'times fewer of them than point-in-polygon raises',
      limit: `at least ${LEAST_TIMES_FEWER}`,
      figure: timesFewer,
      isMet: timesFewer >= LEAST_TIMES_FEWER,
    },
    {
      says: 'share of all true entries of 60 s and more found, less that of point-in-polygon',
      limit: 'at least 0',
      figure: (ours.groups.all.share ?? 0) - (naive.groups.all.share ?? 0),
      isMet: (ours.groups.all.share ?? 0) >= (naive.groups.all.share ?? 1),
    },
    {
      says: 'incidents told of a true episode',
      limit: `at most ${MOST_INCIDENTS_PER_EPISODE}`,
      figure: perEpisode,
      isMet: perEpisode !== null && perEpisode <= MOST_INCIDENTS_PER_EPISODE,
    },
  ]
}
