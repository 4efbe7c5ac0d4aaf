import { instant } from '../paging/select.ts'

const INSTANTS = {
  happened_at: 'happenedAt',
  received_at: 'receivedAt',
  raised_at: 'raisedAt',
  changed_at: 'changedAt',
  ended_at: 'endedAt',
  acknowledged_at: 'acknowledgedAt',
  police_notified_at: 'policeNotifiedAt',
  closed_at: 'closedAt',
} as const

/** Of `i`, a row of incidents, with the joins below. */
export const INCIDENT = `i.id, i.episode_id as "episodeId", i.part, i.kind, i.severity, i.certainty, i.state, i.wearer_id as "wearerId", w.name as "wearerName",
  w.reference as "wearerReference", i.activation_id as "activationId", a.tag_id as "tagId",
  i.condition_id as "conditionId", i.zone_id as "zoneId", zone.name as "zoneName", i.zone_version as "zoneVersion",
  ${Object.entries(INSTANTS)
    .map(([column, name]) => `${instant(`i.${column}`)} as "${name}"`)
    .join(', ')},
  i.police_reference as "policeReference", i.outcome, i.conclusion, i.owner, i.late, i.reason`

// A system fault has neither wearer nor activation.
export const INCIDENT_JOINS = `left join wearers w on w.id = i.wearer_id left join activations a on a.id = i.activation_id
  left join zone_versions zone on zone.zone_id = i.zone_id and zone.version = i.zone_version`
