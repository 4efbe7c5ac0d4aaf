import {
  asId,
  type ConditionId,
  type Fix,
  type IncidentJudgement,
  type Judgement,
  type NearMiss,
  type Visit,
  type ZoneId,
} from '@cordon/contract'
import { compileZone } from '@cordon/geofence'
import { compileHours } from '@cordon/hours'
import {
  createWatchContext,
  emptyState,
  judge,
  judgeAll,
  type Period,
  type WatchedCondition,
  wrapFix,
} from '@cordon/watch'
import { findPlace } from './find-place.ts'
import type { PreviewDraft, PreviewTrail, TrailPreview } from './preview-parts.ts'
import { toFixes } from './to-fixes.ts'

/** The draft has no row yet, and so no id: none in the database is 0. */
const CONDITION = asId<ConditionId>('0')
const ZONE = asId<ZoneId>('0')

type DraftCondition = Omit<WatchedCondition, 'from' | 'to' | 'zoneVersion'>

/** The draft prepared once for everybody. */
export interface CompiledDraft extends PreviewDraft {
  readonly condition: DraftCondition
}

export function compileDraft(draft: PreviewDraft): CompiledDraft {
  const { kind, geometry, bufferM, hours } = draft
  const condition: DraftCondition = {
    conditionId: CONDITION,
    zoneId: ZONE,
    kind,
    priority: 0,
    hours: hours === null ? null : compileHours(hours),
    passes: [],
    zone: compileZone(geometry, { bufferM }),
    bufferM,
  }
  return { ...draft, condition }
}

/** What the draft, as the only condition, would have done to one wearer with one tag: judged as ingest judges. */
export function judgeTrail(draft: CompiledDraft, { wearerId, risk, orders, ...trail }: PreviewTrail): TrailPreview {
  const fixes = toFixes(trail.fixes)
  const context = createWatchContext({
    activation: trail.activation,
    // Each order in its turn: nobody is watched between two.
    conditions: orders.map((order, index) => ({ ...draft.condition, zoneVersion: index + 1, ...withoutEnd(order) })),
    policies: draft.policies,
    risk,
    suspensions: [],
  })
  const observed = judgeAll(emptyState(), fixes.map(wrapFix), context)
  // What the clock says once the last fix is in: an absence goes on, a possible closes itself.
  const ended = judge(observed.state, { type: 'tick', at: draft.to, listening: true }, context)
  const told = [...observed.judgements, ...ended.judgements]
  return {
    incidents: lastWords(told.filter(isIncident), ({ episodeId }) => episodeId)
      .filter(({ conclusion }) => conclusion !== 'disproved' && conclusion !== 'joined')
      .map(incident => ({ wearerId, ...toIncident(incident, fixes) })),
    nearMisses: told.filter(isNearMiss).map(nearMiss => ({ wearerId, ...toNearMiss(nearMiss) })),
    visits: lastWords(told.filter(isVisit), ({ visitId }) => visitId)
      .filter(({ disproved }) => !disproved)
      .map(visit => ({ wearerId, ...toVisit(visit) })),
  }
}

const withoutEnd = ({ from, to }: Period) => ({ from, to: Number.isFinite(to) ? to : null })

/** The tag's own troubles are none of the zone's doing. */
const isIncident = (told: Judgement): told is IncidentJudgement =>
  told.type === 'incident' && told.conditionId === CONDITION
const isNearMiss = (told: Judgement): told is NearMiss => told.type === 'near-miss'
const isVisit = (told: Judgement): told is Visit => told.type === 'visit'

/** An episode is told as it grows: what was said of it last, in the order in which they were first told. */
function lastWords<Said>(told: readonly Said[], keyOf: (said: Said) => string): readonly Said[] {
  return [...new Map(told.map(said => [keyOf(said), said])).values()]
}

const instant = (at: number): string => new Date(at).toISOString()

function toIncident(incident: IncidentJudgement, fixes: readonly Fix[]) {
  const { kind, severity, certainty, happenedAt, endedAt, conclusion, late, reason } = incident
  return {
    kind,
    severity,
    certainty,
    happenedAt: instant(happenedAt),
    ...(endedAt !== null && { endedAt: instant(endedAt) }),
    ...(conclusion !== null && { conclusion }),
    late,
    entries: reason.entries,
    ...('greatestDepthM' in reason && { greatestDepthM: reason.greatestDepthM }),
    text: reason.text,
    ...findPlace(fixes, happenedAt),
  }
}

const toNearMiss = ({ from, to, fixesCounted, probability, text }: NearMiss) => ({
  from: instant(from),
  to: instant(to),
  fixesCounted,
  probability,
  text,
})

const toVisit = ({ from, to, reason }: Visit) => ({
  from: instant(from),
  ...(to !== null && { to: instant(to) }),
  entries: reason.entries,
})
