/** True entries of 60 s and more are counted in each of these groups that they belong to. */
export const GROUPS = ['all', 'deep', 'measured', 'deep-measured', 'point-inside'] as const
export type Group = (typeof GROUPS)[number]

export const GROUP_SAYS: Readonly<Record<Group, string>> = {
  all: 'all of them',
  deep: 'deeper than the circle',
  measured: 'with a fix measured during it',
  'deep-measured': 'deeper than the circle, with a fix measured during it',
  'point-inside': 'with a measured point inside',
}

export interface Found {
  readonly entries: number
  readonly found: number
  /** Found as confirmed. */
  readonly confirmed: number
}

/** Why an entry was not found: the first of these that holds. */
export const MISS_REASONS = [
  'no fix was measured during it',
  'cell-tower fixes alone',
  'no measured point inside',
  'a single point inside',
  'shallower than the circle',
  'points inside, deeper than the circle',
] as const
export type MissReason = (typeof MISS_REASONS)[number]

/** What one detector did in some runs: everything in it can be added up. */
export interface Tally {
  readonly runs: number
  readonly days: number
  readonly groups: Readonly<Record<Group, Found>>
  readonly misses: Readonly<Record<MissReason, number>>
  /** True episodes that were found, and incidents told of them. */
  readonly episodes: number
  readonly episodeIncidents: number
  /** Incidents where nothing was. A transit is told as one and never as confirmed. */
  readonly falseConfirmed: number
  readonly falsePossible: number
  readonly falseTransits: number
  readonly falseBuffers: number
  readonly nearMisses: number
  /** Σ over groups of equal runs of n·s² of `falseConfirmed`: the variance of its sum. */
  readonly falseVariance: number
  /** Seconds from the true entry to its telling, and to its telling as confirmed. */
  readonly delaysS: readonly number[]
  readonly confirmDelaysS: readonly number[]
  readonly deviceExpected: number
  readonly deviceFound: number
}

const NONE: Found = { entries: 0, found: 0, confirmed: 0 }

function record<Name extends string, Value>(names: readonly Name[], of: (name: Name) => Value): Record<Name, Value> {
  return Object.fromEntries(names.map(name => [name, of(name)])) as Record<Name, Value>
}

export const EMPTY_TALLY: Tally = {
  runs: 0,
  days: 0,
  groups: record(GROUPS, () => NONE),
  misses: record(MISS_REASONS, () => 0),
  episodes: 0,
  episodeIncidents: 0,
  falseConfirmed: 0,
  falsePossible: 0,
  falseTransits: 0,
  falseBuffers: 0,
  nearMisses: 0,
  falseVariance: 0,
  delaysS: [],
  confirmDelaysS: [],
  deviceExpected: 0,
  deviceFound: 0,
}

const COUNTS = [
  'runs',
  'days',
  'episodes',
  'episodeIncidents',
  'falseConfirmed',
  'falsePossible',
  'falseTransits',
  'falseBuffers',
  'nearMisses',
  'falseVariance',
  'deviceExpected',
  'deviceFound',
] as const satisfies readonly (keyof Tally)[]

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

export function addTallies(tallies: readonly Tally[]): Tally {
  const found = (group: Group, key: keyof Found) => sum(tallies.map(tally => tally.groups[group][key]))
  return {
    ...record(COUNTS, key => sum(tallies.map(tally => tally[key]))),
    groups: record(GROUPS, group => ({
      entries: found(group, 'entries'),
      found: found(group, 'found'),
      confirmed: found(group, 'confirmed'),
    })),
    misses: record(MISS_REASONS, reason => sum(tallies.map(tally => tally.misses[reason]))),
    delaysS: tallies.flatMap(tally => tally.delaysS),
    confirmDelaysS: tallies.flatMap(tally => tally.confirmDelaysS),
  }
}

/** Of runs of one scenario under the same conditions, which differ by chance alone: what they add up to, and how it varies. */
export function addRuns(tallies: readonly Tally[]): Tally {
  const added = addTallies(tallies)
  if (tallies.length < 2) return added
  const mean = added.falseConfirmed / tallies.length
  const squares = sum(tallies.map(({ falseConfirmed }) => (falseConfirmed - mean) ** 2))
  return { ...added, falseVariance: (tallies.length * squares) / (tallies.length - 1) }
}
