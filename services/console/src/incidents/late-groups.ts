import type { Incident, Severity } from '@cordon/contract'
import { isUnacknowledged } from './due.ts'
import { severityRank } from './queue-order.ts'

/** Late incidents of one cause, told together: one row until somebody opens it. */
export type LateGroup = {
  readonly key: string
  readonly zoneName: string | undefined
  readonly severity: Severity
  /** In the order of the queue. */
  readonly incidents: readonly Incident[]
  /** When the first and the last of them happened, epoch milliseconds. */
  readonly fromMs: number
  readonly toMs: number
}

export type QueueLine =
  | { readonly type: 'incident'; readonly incident: Incident; readonly isGrouped: boolean }
  | { readonly type: 'group'; readonly group: LateGroup; readonly isOpen: boolean }

/** Requirement R37: more than so many of one cause, raised within so long of the first. */
const flood = { moreThan: 10, withinMs: 10 * 60_000 }

/**
 * The queue with floods of late incidents collapsed. After an outage hundreds come at once, and what is happening now must not be
 * looked for among them. Only what is over can be in a group: told late, and since ended or proved wrong, and taken by nobody. A late
 * incident that still goes on is as urgent as any other and keeps its own row, as does everything that came in time. A group stands
 * below all single rows of its worst severity. The one that holds the selected incident is open.
 */
export function collapseLate(
  incidents: readonly Incident[],
  openKeys: ReadonlySet<string>,
  selectedId: string | undefined,
): readonly QueueLine[] {
  const groups = groupLate(incidents)
  if (groups.length === 0) return incidents.map(asLine)
  const grouped = new Set(groups.flatMap(group => group.incidents))
  const singles = incidents.filter(incident => !grouped.has(incident))
  const placed = groups.map(group => ({ group, place: placeOf(group, singles) }))
  const linesAt = (place: number) =>
    placed.filter(one => one.place === place).flatMap(({ group }) => linesOf(group, openKeys, selectedId))
  return [...singles.flatMap((incident, place) => [...linesAt(place), asLine(incident)]), ...linesAt(singles.length)]
}

const asLine = (incident: Incident): QueueLine => ({ type: 'incident', incident, isGrouped: false })

function linesOf(group: LateGroup, openKeys: ReadonlySet<string>, selectedId: string | undefined): QueueLine[] {
  const isOpen = openKeys.has(group.key) || group.incidents.some(({ id }) => id === selectedId)
  const members = group.incidents.map(incident => ({ type: 'incident', incident, isGrouped: true }) as const)
  return [{ type: 'group', group, isOpen }, ...(isOpen ? members : [])]
}

/** Before the first single row that is less severe than the worst of the group. */
function placeOf(group: LateGroup, singles: readonly Incident[]): number {
  const place = singles.findIndex(({ severity }) => severityRank[severity] > severityRank[group.severity])
  return place < 0 ? singles.length : place
}

/** By zone first; what is left over, by kind: an outage makes many of one kind in as many zones. */
export function groupLate(incidents: readonly Incident[]): readonly LateGroup[] {
  const late = incidents.filter(isLateAndOver)
  const ofZones = floodsBy(late, ({ zoneId }) => (zoneId === undefined ? undefined : `zone/${zoneId}`))
  const rest = new Set(late)
  for (const { incidents: members } of ofZones) for (const member of members) rest.delete(member)
  return [...ofZones, ...floodsBy([...rest], ({ kind }) => `kind/${kind}`)]
}

/** Told late, since ended or proved wrong, and taken by nobody. */
export const isLateAndOver = (incident: Incident): boolean =>
  incident.late && isUnacknowledged(incident) && (incident.endedAt !== undefined || incident.conclusion === 'disproved')

function floodsBy(incidents: readonly Incident[], causeOf: (incident: Incident) => string | undefined): LateGroup[] {
  const byCause = new Map<string, Incident[]>()
  for (const incident of incidents) {
    const cause = causeOf(incident)
    if (cause !== undefined) byCause.set(cause, [...(byCause.get(cause) ?? []), incident])
  }
  return [...byCause].flatMap(([cause, members]) => wavesOf(members).map(wave => createGroup(cause, wave)))
}

/** A wave begins with the first that was raised and lasts ten minutes; the next one begins another. Small ones are none. */
function wavesOf(members: readonly Incident[]): Incident[][] {
  const waves: Incident[][] = []
  let beganMs = Number.NEGATIVE_INFINITY
  for (const incident of members.toSorted((a, b) => raisedMs(a) - raisedMs(b))) {
    if (raisedMs(incident) - beganMs > flood.withinMs) {
      beganMs = raisedMs(incident)
      waves.push([])
    }
    waves.at(-1)?.push(incident)
  }
  return waves.filter(wave => wave.length > flood.moreThan)
}

function createGroup(cause: string, wave: readonly Incident[]): LateGroup {
  const incidents = wave.toSorted(
    (a, b) => severityRank[a.severity] - severityRank[b.severity] || happenedMs(b) - happenedMs(a),
  )
  const [worst] = incidents
  const times = wave.map(happenedMs)
  return {
    // the first of a wave stays its first, so the group stays open or closed while more come
    key: `${cause}/${wave[0]?.id}`,
    zoneName: cause.startsWith('zone/') ? worst?.zoneName : undefined,
    severity: worst?.severity ?? 'message',
    incidents,
    fromMs: Math.min(...times),
    toMs: Math.max(...times),
  }
}

const raisedMs = ({ raisedAt }: Incident) => Date.parse(raisedAt)
const happenedMs = ({ happenedAt }: Incident) => Date.parse(happenedAt)
