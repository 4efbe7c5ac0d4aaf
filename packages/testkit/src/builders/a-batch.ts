import type { IncidentJudgement, NearMiss, Visit } from '@cordon/contract'
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
    checkpoints: [],
    replacedFrom: [],
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
    conclusion: null,
    late: false,
    reason: {
      text: 'inside by 140 m in 3 fixes',
      fixes: [`${happenedAt}/1`],
      distanceM: -140,
      accuracyM: 8,
      accuracyAssumed: false,
      probability: 0.9999,
      zoneVersion: 1,
      hours: { from: null, to: null },
      policyVersion: 1,
      fixesCounted: 3,
      greatestDepthM: 140,
      insideMs: 120_000,
      extentM: 35,
      entries: 1,
      beganAt: happenedAt,
    },
    ...overrides,
  }
}

/** A near miss of the wearer's zone, one minute long. */
export function aNearMiss(
  wearer: Pick<MonitoredWearer, 'activationId' | 'conditionId' | 'zoneId'>,
  overrides: Partial<NearMiss> = {},
): NearMiss {
  const from = overrides.from ?? Date.UTC(2026, 10, 22, 6)
  const { activationId, conditionId, zoneId } = wearer
  return {
    type: 'near-miss',
    activationId,
    conditionId,
    zoneId,
    from,
    to: from + 60_000,
    text: 'within 12 m of the boundary in 2 fixes',
    fixes: [`${from}/1`],
    fixesCounted: 2,
    distanceM: 12,
    accuracyM: 120,
    accuracyAssumed: false,
    probability: 0.11,
    zoneVersion: 1,
    hours: { from: null, to: null },
    policyVersion: 1,
    ...overrides,
  }
}

/** A visit that goes on. */
export function aVisit(
  wearer: Pick<MonitoredWearer, 'activationId' | 'conditionId' | 'zoneId'>,
  overrides: Partial<Visit> = {},
): Visit {
  const from = overrides.from ?? Date.UTC(2026, 10, 22, 6)
  const { activationId, conditionId, zoneId } = wearer
  return {
    type: 'visit',
    visitId: `${activationId}:${conditionId}:${from}`,
    activationId,
    conditionId,
    zoneId,
    from,
    to: null,
    disproved: false,
    reason: {
      text: 'inside by 30 m in 1 fix',
      fixes: [`${from}/1`],
      fixesCounted: 1,
      distanceM: -30,
      accuracyM: 8,
      accuracyAssumed: false,
      probability: 0.999,
      zoneVersion: 1,
      hours: { from: null, to: null },
      policyVersion: 1,
      greatestDepthM: 30,
      insideMs: 0,
      extentM: 0,
      entries: 1,
      beganAt: from,
    },
    ...overrides,
  }
}
