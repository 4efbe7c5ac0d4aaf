import type { Queryable } from '@cordon/store'
import type { Enrolled } from './enrol.ts'

const REASON = {
  text: '3 fixes inside the zone',
  fixes: ['1/1'],
  distanceM: -40,
  accuracyM: 6,
  accuracyAssumed: false,
  probability: 0.99,
  zoneVersion: 1,
  policyVersion: 1,
  fixesCounted: 3,
  greatestDepthM: 40,
  entries: 1,
}

export interface RaisedIncident {
  readonly severity?: 'critical' | 'serious' | 'warning'
  readonly episode?: string
}

const RANKS = { critical: 0, serious: 1, warning: 2 }
let episodes = 0

/** What ingest writes when the engine raises an incident; its id. */
export async function raiseIncident(
  database: Queryable,
  { wearerId, activationId }: Enrolled,
  { severity = 'critical', episode = `episode-${episodes++}` }: RaisedIncident = {},
): Promise<string> {
  const [row] = await database.query<{ id: string }>(
    `insert into incidents (episode_id, wearer_id, activation_id, kind, severity, severity_rank, certainty, happened_at,
       received_at, reason)
     values ($1, $2, $3, 'exclusion-breach', $4, $5, 'confirmed', now(), now(), $6) returning id`,
    [episode, wearerId, activationId, severity, RANKS[severity], JSON.stringify(REASON)],
  )
  return row?.id ?? ''
}
