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
import { createWatchContext, emptyState, judge, judgeAll, type WatchedCondition, wrapFix } from '@cordon/watch'
import { findPlace } from './find-place.ts'
import type { PreviewActivation, PreviewDraft, PreviewWearer, WearerPreview } from './preview-parts.ts'
import { toFixes } from './to-fixes.ts'

/** The draft has no row yet, and so no id: none in the database is 0. */
const CONDITION = asId<ConditionId>('0')
const ZONE = asId<ZoneId>('0')
const QUARTER_MS = 900_000

type DraftCondition = Omit<WatchedCondition, 'from' | 'to' | 'zoneVersion'>

/** The draft prepared once for all wearers. */
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

/** What the draft, as the only condition, would have done to one wearer: judged as ingest judges. */
export function judgeWearer(draft: CompiledDraft, wearer: PreviewWearer): WearerPreview {
  const judged = wearer.activations.map(activation => judgeActivation(draft, wearer, activation))
  const { wearerId } = wearer
  const quarters = new Set(judged.flatMap(({ quarters: some }) => [...some]))
  return {
    wearerId,
    fixes: judged.reduce((sum, { fixes }) => sum + fixes, 0),
    share: quarters.size / Math.ceil((draft.to - draft.from) / QUARTER_MS),
    incidents: judged.flatMap(({ incidents }) => incidents).map(incident => ({ wearerId, ...incident })),
    nearMisses: judged.flatMap(({ nearMisses }) => nearMisses).map(miss => ({ wearerId, ...miss })),
    visits: judged.flatMap(({ visits }) => visits).map(visit => ({ wearerId, ...visit })),
  }
}

function judgeActivation(draft: CompiledDraft, { orders, risk }: PreviewWearer, activation: PreviewActivation) {
  const fixes = activation.fixes.flatMap(toFixes).sort(byMeasurement)
  const context = createWatchContext({
    activation,
    // Each order in its turn: nobody is watched between two.
    conditions: orders.map(({ from, to }, index) => ({
      ...draft.condition,
      zoneVersion: index + 1,
      from,
      to: Number.isFinite(to) ? to : null,
    })),
    policies: draft.policies,
    risk,
    suspensions: [],
  })
  const observed = judgeAll(emptyState(), fixes.map(wrapFix), context)
  // What the clock says once the last fix is in: an absence goes on, a possible closes itself.
  const ended = judge(observed.state, { type: 'tick', at: draft.to, listening: true }, context)
  const told = [...observed.judgements, ...ended.judgements]
  return {
    fixes: fixes.length,
    quarters: new Set(fixes.map(({ measuredAt }) => Math.floor((measuredAt - draft.from) / QUARTER_MS))),
    incidents: lastWords(told.filter(isIncident), ({ episodeId }) => episodeId)
      .filter(({ conclusion }) => conclusion !== 'disproved' && conclusion !== 'joined')
      .map(incident => toIncident(incident, fixes)),
    nearMisses: told.filter(isNearMiss).map(toNearMiss),
    visits: lastWords(told.filter(isVisit), ({ visitId }) => visitId)
      .filter(({ disproved }) => !disproved)
      .map(toVisit),
  }
}

const byMeasurement = (a: Fix, b: Fix): number => a.measuredAt - b.measuredAt || a.seq - b.seq

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
