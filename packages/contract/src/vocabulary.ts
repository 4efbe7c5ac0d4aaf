/** The words of the domain, each list once. Order matters where it says so. */

export const ZONE_KINDS = ['exclusion', 'inclusion', 'restriction', 'interest'] as const
export type ZoneKind = (typeof ZONE_KINDS)[number]

export const FIX_SOURCES = ['gnss', 'wifi', 'cell', 'beacon'] as const
export type FixSource = (typeof FIX_SOURCES)[number]

export const TAG_PROTOCOLS = ['cordon', 'owntracks', 'traccar'] as const
export type TagProtocol = (typeof TAG_PROTOCOLS)[number]

/** What a tag signs in to the broker with. A certificate's common name is the tag's id. */
export const TAG_CREDENTIALS = ['password', 'certificate'] as const
export type TagCredentials = (typeof TAG_CREDENTIALS)[number]

export const DEVICE_EVENT_TYPES = [
  'strap-cut',
  'strap-restored',
  'case-open',
  'battery-low',
  'battery-critical',
  'charging',
  'uncharging',
  'power-on',
  'power-off',
  'beacon-near',
  'beacon-away',
  'jamming-suspected',
] as const
export type DeviceEventType = (typeof DEVICE_EVENT_TYPES)[number]

export const INCIDENT_KINDS = [
  'exclusion-breach',
  'buffer-entry',
  'inclusion-absence',
  'restriction-breach',
  'possible-transit',
  'strap-tamper',
  'case-tamper',
  'battery',
  'power-off',
  'silence',
  'jamming',
  'system-fault',
] as const
/** `system-fault` is of Cordon itself: it has a part and no wearer. All others are judged by the engine, of a wearer. */
export type IncidentKind = (typeof INCIDENT_KINDS)[number]
export type JudgedKind = Exclude<IncidentKind, 'system-fault'>

/** Worst first: the default order of every list. */
export const SEVERITIES = ['critical', 'serious', 'warning', 'message'] as const
export type Severity = (typeof SEVERITIES)[number]

export const CERTAINTIES = ['confirmed', 'possible'] as const
export type Certainty = (typeof CERTAINTIES)[number]

/**
 * How an episode ended: `left` by the wearer; `lapsed`: the condition or its hours no longer hold; `restored`: the device is as it
 * should be; `unconfirmed`: a possible that never became more; `disproved`: later knowledge shows that it was not so; `joined`: it is
 * part of another incident.
 */
export const CONCLUSIONS = ['left', 'lapsed', 'restored', 'unconfirmed', 'disproved', 'joined'] as const
export type Conclusion = (typeof CONCLUSIONS)[number]

export const INCIDENT_STATES = ['open', 'acknowledged', 'escalated', 'closed'] as const
export type IncidentState = (typeof INCIDENT_STATES)[number]

export const ACTION_TYPES = ['acknowledge', 'assign', 'note', 'notify-police', 'escalate', 'close', 'reopen'] as const
export type ActionType = (typeof ACTION_TYPES)[number]

export const OUTCOMES = [
  'breach-confirmed',
  'authorised-absence',
  'equipment',
  'false-alarm',
  'unconfirmed',
  'duplicate',
  'other',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What a person or machine may do. `operator` works incidents; `officer` sees their caseload; see ROLE_RIGHTS in http/rights. */
export const ROLES = [
  'read-only',
  'operator',
  'supervisor',
  'officer',
  'zone-author',
  'administrator',
  'auditor',
  'data-protection',
] as const
export type Role = (typeof ROLES)[number]

export const WEARER_FLAGS = ['iom', 'domestic-abuse', 'youth'] as const
export type WearerFlag = (typeof WEARER_FLAGS)[number]

/** How closely an order is watched: chooses the supervision plan and what else the policy says of it. */
export const RISKS = ['standard', 'high', 'critical'] as const
export type Risk = (typeof RISKS)[number]

/** Who acts on an incident where no person does: stands as `by` on what the engine did. No account and no token may have this name. */
export const ENGINE_NAME = 'cordon'
