import { LIMITS, type ZonePreview } from '@cordon/contract'
import type { PreviewDraft, TrailPreview, WearerCoverage } from './preview-parts.ts'

type Counts = ZonePreview['leftOut']
type Counted = keyof Counts
type Summary = ZonePreview['summary']
/** What would have happened, all of it. */
type Happened = Pick<ZonePreview, Counted>

/** Everything that would have happened, counted; and as much of it as a page can hold, listed, oldest first. */
export function summarisePreview(
  draft: PreviewDraft,
  coverage: readonly WearerCoverage[],
  trails: readonly TrailPreview[],
): ZonePreview {
  const all: Happened = {
    incidents: trails.flatMap(({ incidents }) => incidents).sort(byTime),
    nearMisses: trails.flatMap(({ nearMisses }) => nearMisses).sort(byTime),
    visits: trails.flatMap(({ visits }) => visits).sort(byTime),
  }
  const counts = mapCounted(what => all[what].length)
  return {
    from: new Date(draft.from).toISOString(),
    to: new Date(draft.to).toISOString(),
    policyVersion: draft.policies.at(-1)?.version ?? 1,
    wearers: coverage.length,
    fixes: coverage.reduce((sum, { fixes }) => sum + fixes, 0),
    coverage: [...coverage],
    incidents: all.incidents.slice(0, LIMITS.previewRows),
    nearMisses: all.nearMisses.slice(0, LIMITS.previewRows),
    visits: all.visits.slice(0, LIMITS.previewRows),
    leftOut: mapCounted(what => Math.max(0, counts[what] - LIMITS.previewRows)),
    summary: { ...counts, ...summarise(all, coverage, draft.hours?.timeZone ?? DEFAULT_TIME_ZONE) },
  }
}

/** Of the days in the summary, when the hours name none. */
const DEFAULT_TIME_ZONE = 'Europe/London'

function summarise(
  all: Happened,
  coverage: readonly WearerCoverage[],
  timeZone: string,
): Pick<Summary, 'byKind' | 'byWearer' | 'byDay' | 'timeZone'> {
  return {
    byKind: byKind(all.incidents),
    byWearer: coverage.map(({ wearerId }) => ({
      wearerId,
      ...mapCounted(what => all[what].filter(one => one.wearerId === wearerId).length),
    })),
    byDay: byDay(all, timeZone),
    timeZone,
  }
}

const COUNTED = ['incidents', 'nearMisses', 'visits'] as const satisfies readonly Counted[]

const mapCounted = (count: (what: Counted) => number): Counts => ({
  incidents: count('incidents'),
  nearMisses: count('nearMisses'),
  visits: count('visits'),
})

type Timed = { readonly happenedAt: string } | { readonly from: string }
const timeOf = (one: Timed): string => ('happenedAt' in one ? one.happenedAt : one.from)
const byTime = (a: Timed, b: Timed): number => (timeOf(a) < timeOf(b) ? -1 : 1)

/** The most frequent first. */
function byKind(incidents: Happened['incidents']): Summary['byKind'] {
  const groups = new Map<string, Summary['byKind'][number]>()
  for (const { kind, certainty } of incidents) {
    const key = `${kind} ${certainty}`
    groups.set(key, { kind, certainty, incidents: (groups.get(key)?.incidents ?? 0) + 1 })
  }
  return [...groups.values()].sort((a, b) => b.incidents - a.incidents)
}

function byDay(all: Happened, timeZone: string): Summary['byDay'] {
  // The Swedish way of writing a date is that of ISO 8601.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone })
  const days = new Map<string, Summary['byDay'][number]>()
  for (const what of COUNTED) {
    for (const one of all[what]) {
      const date = format.format(Date.parse(timeOf(one)))
      const day = days.get(date) ?? { date, incidents: 0, nearMisses: 0, visits: 0 }
      days.set(date, { ...day, [what]: day[what] + 1 })
    }
  }
  return [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1))
}
