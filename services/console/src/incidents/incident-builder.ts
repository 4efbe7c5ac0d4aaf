import type { Incident } from '@cordon/contract'

/** A critical breach raised at 06:30, for tests and the browser tests' fixture. */
export function anIncident(over: Partial<Incident> = {}): Incident {
  return {
    id: '1',
    episodeId: 'exclusion-breach/21/31/1795328992000',
    kind: 'exclusion-breach',
    severity: 'critical',
    certainty: 'confirmed',
    state: 'open',
    wearerId: '11',
    wearerName: 'Daniel Ellis',
    wearerReference: 'EM197111',
    activationId: '21',
    tagId: 'GX-73301',
    conditionId: '31',
    zoneId: '41',
    zoneName: 'Victim address, Kingsthorpe',
    zoneVersion: 1,
    happenedAt: '2026-11-22T06:29:52.000Z',
    receivedAt: '2026-11-22T06:29:59.000Z',
    raisedAt: '2026-11-22T06:30:00.000Z',
    changedAt: '2026-11-22T06:30:00.000Z',
    late: false,
    reason: {
      text: '3 fixes inside the zone, the last 46 m past its edge.',
      fixes: ['1795328992000/1042'],
      distanceM: -46,
      accuracyM: 6,
      accuracyAssumed: false,
      probability: 0.999,
      zoneVersion: 1,
      policyVersion: 1,
      fixesCounted: 3,
      greatestDepthM: 46,
      entries: 1,
    },
    ...over,
  }
}
