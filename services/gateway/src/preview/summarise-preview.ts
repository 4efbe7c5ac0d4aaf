import { LIMITS, type ZonePreview } from '@cordon/contract'
import type { PreviewDraft, WearerPreview } from './preview-parts.ts'

type Counts = ZonePreview['leftOut']
type Counted = keyof Counts

/** Everything that would have happened, counted; and as much of it as a page can hold, listed, oldest first. */
export function summarisePreview(draft: PreviewDraft, wearers: readonly WearerPreview[]): ZonePreview {
  const incidents = oldestFirst(
    wearers.flatMap(wearer => wearer.incidents),
    ({ happenedAt }) => happenedAt,
  )
  const nearMisses = oldestFirst(
    wearers.flatMap(wearer => wearer.nearMisses),
    ({ from }) => from,
  )
  const visits = oldestFirst(
    wearers.flatMap(wearer => wearer.visits),
    ({ from }) => from,
  )
  const counts: Counts = { incidents: incidents.length, nearMisses: nearMisses.length, visits: visits.length }
  const timeZone = draft.hours?.timeZone ?? DEFAULT_TIME_ZONE
  return {
    from: new Date(draft.from).toISOString(),
    to: new Date(draft.to).toISOString(),
    policyVersion: draft.policies.at(-1)?.version ?? 1,
    wearers: wearers.length,
    fixes: wearers.reduce((sum, { fixes }) => sum + fixes, 0),
    coverage: wearers.map(({ wearerId, fixes, share }) => ({ wearerId, fixes, share })),
    incidents: incidents.slice(0, LIMITS.previewRows),
    nearMisses: nearMisses.slice(0, LIMITS.previewRows),
    visits: visits.slice(0, LIMITS.previewRows),
    leftOut: mapCounts(counts, count => Math.max(0, count - LIMITS.previewRows)),
    summary: {
      ...counts,
      byKind: byKind(incidents),
      byWearer: wearers.map(wearer => ({
        wearerId: wearer.wearerId,
        ...mapCounts(counts, (_, what) => wearer[what].length),
      })),
      byDay: byDay({ incidents, nearMisses, visits }, timeZone),
      timeZone,
    },
  }
}

/** Of the days in the summary, when the hours name none. */
const DEFAULT_TIME_ZONE = 'Europe/London'

function oldestFirst<Row>(rows: readonly Row[], timeOf: (row: Row) => string): Row[] {
  return rows.toSorted((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1))
}

function mapCounts(counts: Counts, change: (count: number, what: Counted) => number): Counts {
  return {
    incidents: change(counts.incidents, 'incidents'),
    nearMisses: change(counts.nearMisses, 'nearMisses'),
    visits: change(counts.visits, 'visits'),
  }
}

function byKind(incidents: ZonePreview['incidents']): ZonePreview['summary']['byKind'] {
  const groups = new Map<string, ZonePreview['summary']['byKind'][number]>()
  for (const { kind, certainty } of incidents) {
    const key = `${kind} ${certainty}`
    groups.set(key, { kind, certainty, incidents: (groups.get(key)?.incidents ?? 0) + 1 })
  }
  return [...groups.values()].toSorted((a, b) => b.incidents - a.incidents)
}

function byDay(
  { incidents, nearMisses, visits }: Pick<ZonePreview, Counted>,
  timeZone: string,
): ZonePreview['summary']['byDay'] {
  // The Swedish way of writing a date is that of ISO 8601.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone })
  const days = new Map<string, { date: string } & Counts>()
  const count = (what: Counted, at: string) => {
    const date = format.format(Date.parse(at))
    const day = days.get(date) ?? { date, incidents: 0, nearMisses: 0, visits: 0 }
    days.set(date, { ...day, [what]: day[what] + 1 })
  }
  for (const { happenedAt } of incidents) count('incidents', happenedAt)
  for (const { from } of nearMisses) count('nearMisses', from)
  for (const { from } of visits) count('visits', from)
  return [...days.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1))
}
