/** Whose record of a zone it is: `r` is the row, with the joins below. */
export const WHOSE = `a.wearer_id as "wearerId", w.name as "wearerName", r.activation_id as "activationId",
  r.condition_id as "conditionId", r.zone_id as "zoneId", zone.name as "zoneName"`

/** The zone's name is that of the version that was judged against. */
export const whoseJoins = (
  zoneVersion: string,
) => `join activations a on a.id = r.activation_id join wearers w on w.id = a.wearer_id
  left join zone_versions zone on zone.zone_id = r.zone_id and zone.version = (${zoneVersion})::int`
