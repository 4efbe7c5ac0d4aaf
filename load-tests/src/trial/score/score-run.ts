import type { Told, Verdict } from '../detectors/detector.ts'
import type { Scenario } from '../scenario.ts'
import type { ConditionTruth, Stretch } from '../truth/find-truth.ts'
import { isPremature, isZoneIncident, overlaps } from './match-told.ts'
import type { Sight } from './sight.ts'
import { EMPTY_TALLY, GROUPS, type Group, type MissReason, type Tally } from './tally.ts'

/** An entry shorter than this need not be found. */
const LEAST_ENTRY_MS = 60_000
const DAY_S = 86_400
/** Beyond the interval between fixes: what an incident's ends may be off. */
const SLACK_MS = 30_000
/** Device incidents are matched to their event within this. */
const DEVICE_MS = 120_000

export interface RunTruth {
  readonly truth: ConditionTruth
  /** One for each of its entries. */
  readonly sights: readonly Sight[]
}

/** Holds what a detector told against what was so. */
export function scoreRun(verdict: Verdict, truths: readonly RunTruth[], scenario: Scenario, intervalS: number): Tally {
  const toleranceMs = intervalS * 1_000 + SLACK_MS
  const parts = truths.map(({ truth, sights }) => {
    const told = verdict.told.filter(({ conditionId }) => conditionId === truth.conditionId)
    const incidents = told.filter(isZoneIncident)
    return {
      found: truth.entries.map((entry, index) => findEntry(entry, incidents, sights[index], toleranceMs)),
      ...countEpisodes(truth.episodes, incidents, toleranceMs),
      ...countFalse(incidents, truth.past, toleranceMs),
      falseBuffers: told.filter(t => t.kind === 'buffer-entry' && !truth.near.some(s => overlaps(t, s, toleranceMs)))
        .length,
    }
  })
  const total = (key: Exclude<keyof (typeof parts)[number], 'found'>) => parts.reduce((sum, part) => sum + part[key], 0)
  const findings = parts.flatMap(part => part.found).filter(finding => finding !== undefined)
  return {
    ...EMPTY_TALLY,
    runs: 1,
    days: scenario.way.endS / DAY_S,
    ...countFindings(findings, 'gaps' in scenario.delivery),
    episodes: total('episodes'),
    episodeIncidents: total('episodeIncidents'),
    falseConfirmed: total('falseConfirmed'),
    falsePossible: total('falsePossible'),
    falseTransits: total('falseTransits'),
    falseBuffers: total('falseBuffers'),
    nearMisses: verdict.nearMisses,
    deviceExpected: scenario.device.length,
    deviceFound: scenario.device.filter(({ kind, atS }) =>
      verdict.told.some(t => t.kind === kind && Math.abs(t.from - scenario.startsAt - atS * 1_000) <= DEVICE_MS),
    ).length,
  }
}

interface Finding {
  readonly sight: Sight
  readonly delayS: number | null
  readonly confirmDelayS: number | null
}

/** Undefined for an entry that need not be found. */
function findEntry(
  entry: Stretch,
  incidents: readonly Told[],
  sight: Sight | undefined,
  toleranceMs: number,
): Finding | undefined {
  if (entry.to - entry.from < LEAST_ENTRY_MS || sight === undefined) return undefined
  const ofIt = incidents.filter(told => !told.isDisproved && overlaps(told, entry, toleranceMs))
  const delayS = (times: readonly number[]) =>
    times.length === 0 ? null : Math.max(0, (Math.min(...times) - entry.from) / 1_000)
  return {
    sight,
    delayS: delayS(ofIt.map(({ toldAt }) => toldAt)),
    confirmDelayS: delayS(ofIt.flatMap(({ confirmedAt }) => confirmedAt ?? [])),
  }
}

const BELONGS: Readonly<Record<Group, (sight: Sight) => boolean>> = {
  all: () => true,
  deep: ({ isDeep }) => isDeep,
  measured: ({ fixes }) => fixes > 0,
  'deep-measured': ({ isDeep, fixes }) => isDeep && fixes > 0,
  'point-inside': ({ dotsPast }) => dotsPast > 0,
}

/** What is held back is late by the length of the gap, which says nothing of the detector: then no delays are counted. */
function countFindings(
  findings: readonly Finding[],
  isHeldBack: boolean,
): Pick<Tally, 'groups' | 'misses' | 'delaysS' | 'confirmDelaysS'> {
  const groups = { ...EMPTY_TALLY.groups }
  for (const group of GROUPS) {
    const ofGroup = findings.filter(({ sight }) => BELONGS[group](sight))
    groups[group] = {
      entries: ofGroup.length,
      found: ofGroup.filter(({ delayS }) => delayS !== null).length,
      confirmed: ofGroup.filter(({ confirmDelayS }) => confirmDelayS !== null).length,
    }
  }
  const misses = { ...EMPTY_TALLY.misses }
  for (const { sight, delayS } of findings) if (delayS === null) misses[reasonOf(sight)]++
  return {
    groups,
    misses,
    delaysS: isHeldBack ? [] : findings.flatMap(({ delayS }) => delayS ?? []),
    confirmDelaysS: isHeldBack ? [] : findings.flatMap(({ confirmDelayS }) => confirmDelayS ?? []),
  }
}

function reasonOf({ fixes, isCellOnly, dotsPast, isDeep }: Sight): MissReason {
  if (fixes === 0) return 'no fix was measured during it'
  if (isCellOnly) return 'cell-tower fixes alone'
  if (dotsPast === 0) return 'no measured point inside'
  if (dotsPast === 1) return 'a single point inside'
  return isDeep ? 'points inside, deeper than the circle' : 'shallower than the circle'
}

function countEpisodes(episodes: readonly Stretch[], incidents: readonly Told[], toleranceMs: number) {
  const counts = episodes.map(episode => incidents.filter(told => overlaps(told, episode, toleranceMs)).length)
  const found = counts.filter(count => count > 0)
  return { episodes: found.length, episodeIncidents: found.reduce((sum, count) => sum + count, 0) }
}

/** An incident that was told before it could have been true was false then, and is counted as what it was by then. */
function countFalse(incidents: readonly Told[], past: readonly Stretch[], toleranceMs: number) {
  let [falseConfirmed, falsePossible, falseTransits] = [0, 0, 0]
  for (const told of incidents) {
    const stretch = past.find(stretch => overlaps(told, stretch, toleranceMs))
    const isFalse = (at: number) => stretch === undefined || isPremature(at, stretch, toleranceMs)
    if (told.confirmedAt !== null && isFalse(told.confirmedAt)) falseConfirmed++
    else if (!isFalse(told.toldAt)) continue
    else if (told.kind === 'possible-transit') falseTransits++
    else falsePossible++
  }
  return { falseConfirmed, falsePossible, falseTransits }
}
