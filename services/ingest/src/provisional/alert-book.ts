import {
  type ActivationId,
  type Conclusion,
  type Fix,
  type IncidentJudgement,
  type Judgement,
  LIMITS,
  type ProvisionalAlert,
} from '@cordon/contract'
import type { ActivationFix } from '../decode.ts'
import type { KnownActivation } from '../register/register.ts'
import type { WatchStates } from '../watch-states.ts'

type Whose = Pick<KnownActivation, 'wearerId' | 'zoneNames'>

/** What judging came to that nobody could record, episode by episode, and where each wearer was seen last. */
export interface AlertBook {
  note(judged: { readonly judgements: readonly Judgement[]; readonly fixes: readonly ActivationFix[] }): void
  /** Every critical breach that is not on record as one: the certain ones first, then the newest. */
  standing(committed: WatchStates, sinceOf: { readonly notRecordedSince: number }): readonly ProvisionalAlert[]
}

/** How an episode ends that was none, or is told as part of another: nobody need go there for it. */
const NOTHING_LEFT: ReadonlySet<Conclusion | null> = new Set(['disproved', 'unconfirmed', 'joined'] as const)

export function createAlertBook(find: (id: ActivationId) => Whose | undefined): AlertBook {
  const said = new Map<string, IncidentJudgement>()
  const seen = new Map<ActivationId, Fix>()
  return {
    note: ({ judgements, fixes }) => {
      for (const judgement of judgements) if (judgement.type === 'incident') said.set(judgement.episodeId, judgement)
      for (const { activation, fix } of fixes) {
        if (fix.measuredAt >= (seen.get(activation.id)?.measuredAt ?? 0)) seen.set(activation.id, fix)
      }
    },
    standing: (committed, { notRecordedSince }) =>
      [...said.values()]
        .filter(judgement => isCritical(judgement) && !isOnRecord(judgement, committed))
        .toSorted(worstAndNewestFirst)
        .flatMap(judgement => {
          const whose = find(judgement.activationId)
          if (whose === undefined) return []
          return [toAlert(judgement, { whose, notRecordedSince, fix: seen.get(judgement.activationId) })]
        }),
  }
}

/** As many as one message holds, and how many more there are. */
export function bound(alerts: readonly ProvisionalAlert[]) {
  const sent = alerts.slice(0, LIMITS.provisionalAlerts)
  return { alerts: sent, leftOut: alerts.length - sent.length }
}

const isCritical = ({ severity, conclusion }: IncidentJudgement) =>
  severity === 'critical' && !NOTHING_LEFT.has(conclusion)

/** What was recorded as critical is in the queue already, whatever more there is to say of it. */
function isOnRecord({ activationId, episodeId }: IncidentJudgement, committed: WatchStates): boolean {
  return committed
    .get(activationId)
    .told.some(({ said }) => said.type === 'incident' && said.episodeId === episodeId && said.severity === 'critical')
}

function worstAndNewestFirst(a: IncidentJudgement, b: IncidentJudgement): number {
  const rank = ({ certainty, endedAt }: IncidentJudgement) =>
    (certainty === 'confirmed' ? 0 : 2) + (endedAt === null ? 0 : 1)
  return rank(a) - rank(b) || b.happenedAt - a.happenedAt
}

interface Circumstances {
  readonly whose: Whose
  readonly notRecordedSince: number
  readonly fix: Fix | undefined
}

function toAlert(judgement: IncidentJudgement, { whose, notRecordedSince, fix }: Circumstances): ProvisionalAlert {
  const { episodeId, activationId, zoneId, kind, severity, certainty, happenedAt, endedAt, reason } = judgement
  return {
    zoneName: whose.zoneNames.find(zone => zone.zoneId === zoneId)?.name ?? null,
    ...{ wearerId: whose.wearerId, episodeId, activationId, zoneId, kind, severity, certainty },
    happenedAt: instant(happenedAt),
    endedAt: endedAt === null ? null : instant(endedAt),
    reason: reason.text,
    notRecordedSince: instant(notRecordedSince),
    position:
      fix === undefined ? null : { lat: fix.lat, lon: fix.lon, accuracy: fix.accuracyM, time: instant(fix.measuredAt) },
  }
}

const instant = (at: number) => new Date(at).toISOString()
