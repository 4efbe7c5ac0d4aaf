import { HELD_ACTIVATIONS, isHeld } from './legal-hold.ts'

/** Rows of one table that belong to wearers or to activations, or are of an age, and how to find them. */
export interface PersonalRelation {
  readonly relation: string
  /** What $1 is: ids of activations, ids of wearers, or the instant before which rows are too old. */
  readonly of: 'activation' | 'wearer' | 'age'
  /** Condition on the table's row `r` and $1. */
  readonly where: string
  /** Whose activation a removed row is recorded under. */
  readonly activation: string
  /** The instant by which its removal is recorded; null: the table has none. */
  readonly time: string | null
}

const ofActivation = (relation: string, time: string): PersonalRelation => ({
  relation,
  of: 'activation',
  where: 'r.activation_id = any($1::bigint[])',
  activation: 'r.activation_id',
  time,
})

/** A tag may send what it kept for so long after it was taken off; what it sends meanwhile can be of the wearer before. */
const KEPT_BY_TAG = "interval '72 hours'"
/** The activation of $1 in whose time a tag said something. */
const byTag = (at: string) => `
  (select fitted.id from activations fitted
    where fitted.id = any($1::bigint[]) and fitted.tag_id = r.tag_id
      and ${at} >= fitted.valid_from and (fitted.valid_to is null or ${at} < fitted.valid_to + ${KEPT_BY_TAG})
    order by fitted.valid_from limit 1)`
const ofTag = (relation: string, at: string): PersonalRelation => ({
  relation,
  of: 'activation',
  where: `${byTag(at)} is not null`,
  activation: byTag(at),
  time: at,
})

const ofWearer = (relation: string, where: string, time: string | null, activation = 'null::bigint') =>
  ({ relation, of: 'wearer', where, activation, time }) as const satisfies PersonalRelation

const incidentsOf = 'select incident.id from incidents incident where incident.wearer_id = any($1::bigint[])'
const ordersOf = 'select ordered.id from orders ordered where ordered.wearer_id = any($1::bigint[])'

/** What a tag said and where its wearer was, but for the fixes themselves: those are removed by time (remove-fixes.ts). */
export const TRACK_RELATIONS: readonly PersonalRelation[] = [
  ofActivation('fixes_aside', 'r.measured_at'),
  ofActivation('device_events', 'r.measured_at'),
  ofActivation('set_aside', 'r.measured_at'),
  ofActivation('near_misses', 'r.began_at'),
  ofActivation('visits', 'r.began_at'),
  ofActivation('watch_checkpoints', 'r.at'),
  ofActivation('watch_states', 'coalesce(r.judged_through, r.written_at)'),
  ofTag('command_acks', 'r.measured_at'),
]

/** What is recorded of a wearer besides the track, in the order in which it can be removed: what refers goes before what it refers to. */
export const CASE_RELATIONS: readonly PersonalRelation[] = [
  ofTag('tag_statuses', 'r.received_at'),
  ofWearer('roll_call', 'r.wearer_id = any($1::bigint[])', null),
  ofWearer('incident_changes', `r.incident_id in (${incidentsOf})`, 'r.at', "(r.incident ->> 'activation_id')::bigint"),
  ofWearer('incident_actions', `r.incident_id in (${incidentsOf})`, 'r.at'),
  ofWearer('incidents', 'r.wearer_id = any($1::bigint[])', 'r.happened_at', 'r.activation_id'),
  ofWearer(
    'passes',
    `r.condition_id in (select ruled.id from conditions ruled where ruled.order_id in (${ordersOf}))`,
    null,
  ),
  ofWearer('suspensions', 'r.wearer_id = any($1::bigint[])', null),
]

/** Quarantined messages of the tag in the time of the activation. */
export const QUARANTINE_OF_TAG: PersonalRelation = ofTag('quarantine', 'r.last_received_at')

/** The register's rows of a wearer: removed together (remove-register.ts), counted one by one. */
export const REGISTER_RELATIONS: readonly PersonalRelation[] = [
  ofWearer('conditions', `r.order_id in (${ordersOf})`, null),
  ofWearer('activations', 'r.wearer_id = any($1::bigint[])', null, 'r.id'),
  ofWearer('orders', 'r.wearer_id = any($1::bigint[])', null),
  ofWearer('legal_holds', 'r.wearer_id = any($1::bigint[])', null),
  ofWearer('wearers', 'r.id = any($1::bigint[])', null),
]

export const FIXES_OF_ACTIVATION: PersonalRelation = ofActivation('fixes', 'r.measured_at')

/**
 * Without it what the chain keeps of the fixes tells nothing of them (docs/decisions/0020). After everything that a fix could still
 * come in with: a fix that is there without its secret cannot be proven.
 */
export const SECRET_OF_ACTIVATION: PersonalRelation = ofActivation('activation_secrets', 'r.made_at')

/** What goes by its age alone, of everybody who is not under a legal hold. */
export const AGED_NEAR_MISSES: PersonalRelation = {
  relation: 'near_misses',
  of: 'age',
  where: `r.began_at < $1::timestamptz and r.activation_id not in (${HELD_ACTIVATIONS})`,
  activation: 'null::bigint',
  time: 'r.began_at',
}
export const AGED_AUDIT: PersonalRelation = {
  relation: 'audit_entries',
  of: 'age',
  where: `r.at < $1::timestamptz and not ${isHeld('r.wearer_id')}`,
  activation: 'null::bigint',
  time: 'r.at',
}
