import type { IncidentJudgement } from '@cordon/contract'
import type { Batch } from '@cordon/store'
import type { MonitoredWearer } from './a-wearer.ts'

/** Empty but for the overrides. */
export function aBatch(overrides: Partial<Batch> = {}): Batch {
  return {
    fixes: [],
    aside: [],
    events: [],
    statuses: [],
    acks: [],
    quarantine: [],
    judgements: [],
    watchStates: [],
    ...overrides,
  }
}

/** A confirmed breach of the wearer's exclusion zone, just raised. */
export function anIncidentJudgement(
  wearer: Pick<MonitoredWearer, 'activationId' | 'conditionId' | 'zoneId'>,
  overrides: Partial<IncidentJudgement> = {},
): IncidentJudgement {
  const happenedAt = overrides.happenedAt ?? Date.UTC(2026, 10, 22, 6)
  const { activationId, conditionId, zoneId } = wearer
  return {
    type: 'incident',
    change: 'raised',
    episodeId: `${activationId}/${conditionId}/${happenedAt}`,
    activationId,
    conditionId,
    zoneId,
    zoneVersion: 1,
    kind: 'exclusion-breach',
    severity: 'serious',
    certainty: 'confirmed',
    happenedAt,
    receivedAt: happenedAt + 2_000,
    endedAt: null,
    late: false,
    reason: {
      text: 'inside by 140 m in 3 fixes',
      fixes: [`${happenedAt}/1`],
      distanceM: -140,
      accuracyM: 8,
      accuracyAssumed: false,
      probability: 0.9999,
      zoneVersion: 1,
      policyVersion: 1,
      fixesCounted: 3,
      greatestDepthM: 140,
      entries: 1,
    },
    ...overrides,
  }
}
