import Type, { type Static, type TSchema } from 'typebox'
import { LIMITS } from '../limits.ts'
import { CursorText, Id, Instant, Nullable, TAG_ID_PATTERN, words } from '../schema.ts'
import { CONCLUSIONS, INCIDENT_STATES, SEVERITIES } from '../vocabulary.ts'
import * as incidents from './incidents.ts'
import * as keeping from './keeping.ts'
import * as policies from './policies.ts'
import * as resources from './resources.ts'
import * as session from './session.ts'
import { Position, Track } from './track.ts'
import * as watchRecords from './watch-records.ts'
import * as webhooks from './webhooks.ts'
import * as zonePreview from './zone-preview.ts'

/** One line of the HTTP interface. The gateway registers exactly these, and the OpenAPI document is made from them. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`, OpenAPI style: `/wearers/{id}`. */
  readonly path: string
  readonly summary: string
  /** Which right it takes; null: any signed-in user. */
  readonly right: session.Right | null
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  readonly response: TSchema
  readonly status: 200 | 201 | 204
  /** A POST that changes nothing: what it asks is too long for an address. */
  readonly isQuestion?: true
  /** Its body may hold a geometry: `bodyBytes` of the limits, where others have `smallBodyBytes`. */
  readonly isLarge?: true
  /** Other representations by `Accept` or `?format=`. */
  readonly also?: readonly string[]
}

const Page = {
  cursor: Type.Optional(CursorText),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.pageSize })),
}
const list = <S extends TSchema>(item: S) => Type.Object({ items: Type.Array(item), next: Nullable(CursorText) })
const ById = Type.Object({ id: Id })
const ByTag = Type.Object({
  id: Type.String({ maxLength: 129, description: 'tag id; an OwnTracks id has its slash percent-encoded' }),
})
const ByForwarder = Type.Object({ id: Type.String({ pattern: TAG_ID_PATTERN }) })
const paged = <F extends Record<string, TSchema>>(more: F) => Type.Object({ ...Page, ...more })
const wearerFilter = { wearerId: Type.Optional(Id) }
const recordFilters = {
  ...wearerFilter,
  zoneId: Type.Optional(Id),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
}

// Generic, so that what a handler gets and gives is typed by its own schemas.
const lists = <S extends TSchema, F extends Record<string, TSchema> = Record<never, never>>(
  path: string,
  summary: string,
  item: S,
  filters: F = {} as F,
  right: session.Right = 'read',
) => ({ method: 'GET', path, summary, right, query: paged(filters), response: list(item), status: 200 }) as const
const creates = <B extends TSchema, R extends TSchema>(
  path: string,
  summary: string,
  body: B,
  response: R,
  right: session.Right = 'register',
) => ({ method: 'POST', path, summary, right, body, response, status: 201 }) as const
const reads = <R extends TSchema>(path: string, summary: string, response: R) =>
  ({ method: 'GET', path, summary, right: 'read', params: ById, response, status: 200 }) as const
const Empty = Type.Null()

export const ROUTES = {
  listWearers: lists('/wearers', 'Wearers, newest first', resources.Wearer, {
    q: Type.Optional(Type.String({ maxLength: 100 })),
  }),
  createWearer: creates('/wearers', 'Register a wearer', resources.WearerCreate, resources.Wearer),
  readWearer: reads('/wearers/{id}', 'One wearer; audited', resources.Wearer),
  readTrack: {
    ...reads('/wearers/{id}/track', 'The track of a wearer between two times, oldest first; audited', Track),
    query: Type.Object({
      from: Instant,
      to: Instant,
      ...Page,
      format: Type.Optional(words(['geojson', 'csv', 'gpx'])),
    }),
    also: ['application/geo+json', 'text/csv', 'application/gpx+xml'],
  },
  listPositions: lists('/positions', 'Latest position of every activation', Position),
  listOrders: lists('/orders', 'Orders', resources.Order, wearerFilter),
  createOrder: creates('/orders', 'Register an order', resources.OrderCreate, resources.Order),
  readOrder: reads('/orders/{id}', 'One order', resources.Order),
  listConditions: lists('/conditions', 'Conditions', resources.Condition, {
    ...wearerFilter,
    orderId: Type.Optional(Id),
    zoneId: Type.Optional(Id),
  }),
  createCondition: creates(
    '/conditions',
    'Put a zone under an order, in force from now unless `from` says otherwise',
    resources.ConditionCreate,
    resources.Condition,
  ),
  endCondition: {
    method: 'PATCH',
    path: '/conditions/{id}',
    summary: 'End a condition',
    right: 'register',
    params: ById,
    body: resources.ConditionEnd,
    response: resources.Condition,
    status: 200,
  },
  listZones: lists('/zones', 'Zones, current versions', resources.Zone, wearerFilter),
  createZone: {
    ...creates('/zones', 'Make a zone, version 1', resources.ZoneCreate, resources.Zone),
    isLarge: true,
  },
  readZone: reads('/zones/{id}', 'One zone, current version', resources.Zone),
  replaceZone: {
    method: 'PUT',
    path: '/zones/{id}',
    summary: 'Make a new version of a zone, in force from now',
    right: 'register',
    params: ById,
    body: resources.ZoneCreate,
    response: resources.Zone,
    status: 200,
    isLarge: true,
  },
  listZoneVersions: {
    ...lists('/zones/{id}/versions', 'Every version of a zone, newest first', resources.Zone),
    params: ById,
  },
  previewZone: {
    method: 'POST',
    path: '/zones/preview',
    summary:
      'What a zone would have done to these wearers in the last 14 days, or the time given; nothing is written; audited',
    right: 'read',
    body: zonePreview.ZonePreviewCreate,
    response: zonePreview.ZonePreview,
    status: 200,
    isQuestion: true,
    isLarge: true,
  },
  listTags: lists('/tags', 'Tags', resources.Tag),
  createTag: creates(
    '/tags',
    'Register a tag; its MQTT credentials are shown once',
    resources.TagCreate,
    resources.TagCreated,
  ),
  readTag: { ...reads('/tags/{id}', 'One tag', resources.Tag), params: ByTag },
  rotateTag: {
    ...creates(
      '/tags/{id}/credentials',
      'Give a tag new MQTT credentials, shown once; the old ones end at once and with them the connection',
      resources.TagRotate,
      resources.TagCreated,
    ),
    params: ByTag,
  },
  revokeTag: {
    ...creates(
      '/tags/{id}/revocation',
      'Cut a tag off: it is disconnected, cannot come back, and what still comes from it is quarantined',
      resources.CredentialsReason,
      resources.TagRevoked,
    ),
    params: ByTag,
  },
  reinstateTag: {
    ...creates(
      '/tags/{id}/reinstatement',
      'Let a revoked tag in again with the credentials that it has',
      resources.CredentialsReason,
      resources.Tag,
    ),
    params: ByTag,
  },
  listForwarders: lists('/forwarders', 'Forwarders', resources.Forwarder),
  createForwarder: creates(
    '/forwarders',
    'Register a forwarder; its MQTT credentials are shown once',
    resources.ForwarderCreate,
    resources.ForwarderCreated,
  ),
  rotateForwarder: {
    ...creates(
      '/forwarders/{id}/credentials',
      'Give a forwarder a new MQTT password, shown once; the old one ends at once and with it the connection',
      resources.ForwarderRotate,
      resources.ForwarderCreated,
    ),
    params: ByForwarder,
  },
  revokeForwarder: {
    ...creates(
      '/forwarders/{id}/revocation',
      'Cut a forwarder off: it is disconnected and cannot come back',
      resources.CredentialsReason,
      resources.ForwarderRevoked,
    ),
    params: ByForwarder,
  },
  reinstateForwarder: {
    ...creates(
      '/forwarders/{id}/reinstatement',
      'Let a revoked forwarder in again with the password that it has',
      resources.CredentialsReason,
      resources.Forwarder,
    ),
    params: ByForwarder,
  },
  listActivations: lists('/activations', 'Activations', resources.Activation, {
    ...wearerFilter,
    tagId: Type.Optional(Type.String()),
  }),
  createActivation: creates('/activations', 'Fit a tag to a wearer', resources.ActivationCreate, resources.Activation),
  endActivation: {
    method: 'PATCH',
    path: '/activations/{id}',
    summary: 'End an activation',
    right: 'register',
    params: ById,
    body: resources.ActivationEnd,
    response: resources.Activation,
    status: 200,
  },
  listPasses: lists('/passes', 'Passes', resources.Pass, { conditionId: Type.Optional(Id) }),
  createPass: {
    ...creates('/passes', 'Permit what a condition forbids, for a time', resources.PassCreate, resources.Pass),
    isLarge: true,
  },
  listSuspensions: lists('/suspensions', 'Suspensions', resources.Suspension, wearerFilter),
  createSuspension: creates(
    '/suspensions',
    'Record a suspension with its reason and end',
    resources.SuspensionCreate,
    resources.Suspension,
  ),
  listIncidents: lists(
    '/incidents',
    'Incidents, worst and oldest first; closed ones by `state=closed`',
    incidents.Incident,
    {
      ...wearerFilter,
      state: Type.Optional(words([...INCIDENT_STATES, 'all'])),
      severity: Type.Optional(words(SEVERITIES)),
      conclusion: Type.Optional(words(CONCLUSIONS)),
    },
  ),
  readIncident: reads('/incidents/{id}', 'One incident', incidents.Incident),
  listActions: {
    ...lists('/incidents/{id}/actions', 'What was done about an incident, oldest first', incidents.Action),
    params: ById,
  },
  createAction: {
    ...creates(
      '/incidents/{id}/actions',
      'Act on an incident; a conflicting claim answers 409 with its owner',
      incidents.ActionCreate,
      incidents.ActionResult,
      'work',
    ),
    params: ById,
  },
  listNearMisses: lists(
    '/near-misses',
    'What could have been an incident and was not, newest first; audited',
    watchRecords.NearMissRecord,
    recordFilters,
  ),
  listVisits: lists(
    '/visits',
    'Times in zones of interest, newest first; audited',
    watchRecords.VisitRecord,
    recordFilters,
  ),
  listPolicies: lists('/policies', 'Versions of the policy that is judged by, newest first', policies.Policy),
  createPolicy: creates(
    '/policies',
    'Make a new version of the policy, in force from now',
    policies.PolicyCreate,
    policies.Policy,
    'administer',
  ),
  readPolicyDefaults: {
    method: 'GET',
    path: '/policies/defaults',
    summary: 'Every number that is judged by, as this version of the software has it',
    right: 'read',
    response: policies.PolicyDefaults,
    status: 200,
  },
  listRetentionRules: {
    method: 'GET',
    path: '/retention-rules',
    summary: 'How long what is kept',
    right: 'read',
    response: keeping.RetentionRules,
    status: 200,
  },
  replaceRetentionRules: {
    method: 'PUT',
    path: '/retention-rules',
    summary: 'Say how long what is kept: these rules and no others',
    right: 'administer',
    body: keeping.RetentionRulesReplace,
    response: keeping.RetentionRules,
    status: 200,
  },
  listLegalHolds: lists('/legal-holds', 'Legal holds, newest first', keeping.LegalHold, wearerFilter, 'audit'),
  createLegalHold: creates(
    '/legal-holds',
    'Hold a wearer’s data back from every removal',
    keeping.LegalHoldCreate,
    keeping.LegalHold,
    'protect',
  ),
  endLegalHold: {
    method: 'PATCH',
    path: '/legal-holds/{id}',
    summary: 'End a legal hold',
    right: 'protect',
    params: ById,
    body: keeping.LegalHoldEnd,
    response: keeping.LegalHold,
    status: 200,
  },
  createErasure: {
    ...creates(
      '/wearers/{id}/erasure',
      'Remove everything about a wearer; refused under a legal hold, while an order, a tag or an incident is open',
      keeping.ErasureCreate,
      keeping.Erasure,
      'protect',
    ),
    params: ById,
  },
  listErasures: lists('/erasures', 'Erasures, newest first', keeping.Erasure, wearerFilter, 'audit'),
  readErasure: {
    ...reads('/erasures/{id}', 'One erasure; once certified, its certificate', keeping.Erasure),
    right: 'audit',
  },
  readCapacity: {
    method: 'GET',
    path: '/capacity',
    summary: 'What must not run full, the least time left first',
    right: 'read',
    response: keeping.Capacity,
    status: 200,
  },
  rollCall: lists(
    '/roll-call',
    'Orders with no reporting tag, tags with no order, and who is silent for a known reason',
    incidents.RollCallRow,
  ),
  listAudit: lists(
    '/audit',
    'Who did and saw what, newest first',
    incidents.AuditEntry,
    { ...wearerFilter, who: Type.Optional(Type.String()) },
    'audit',
  ),
  listQuarantine: lists(
    '/quarantine',
    'Messages that could not be used, newest first',
    incidents.Quarantined,
    { tagId: Type.Optional(Type.String()) },
    'register',
  ),
  listAccounts: lists('/accounts', 'Accounts of people', session.Account, {}, 'administer'),
  createAccount: creates('/accounts', 'Make an account', session.AccountCreate, session.AccountCreated, 'administer'),
  endLockout: {
    method: 'DELETE',
    path: '/accounts/{id}/lockout',
    summary: 'Let somebody whose name is locked after wrong passwords try again at once',
    right: 'administer',
    params: ById,
    response: Empty,
    status: 204,
  },
  listTokens: lists('/tokens', 'API tokens of machine clients', session.Token, {}, 'administer'),
  createToken: creates(
    '/tokens',
    'Make an API token; shown once',
    session.TokenCreate,
    session.TokenCreated,
    'administer',
  ),
  revokeToken: {
    method: 'DELETE',
    path: '/tokens/{id}',
    summary: 'Revoke an API token',
    right: 'administer',
    params: ById,
    response: Empty,
    status: 204,
  },
  listWebhooks: lists('/webhooks', 'Systems that are told of incidents', webhooks.Webhook, {}, 'administer'),
  createWebhook: creates(
    '/webhooks',
    'Have another system told of incidents from now on; its signing secret is shown once',
    webhooks.WebhookCreate,
    webhooks.WebhookCreated,
    'administer',
  ),
  endWebhook: {
    method: 'DELETE',
    path: '/webhooks/{id}',
    summary: 'Tell this system no more',
    right: 'administer',
    params: ById,
    response: Empty,
    status: 204,
  },
  readSession: {
    method: 'GET',
    path: '/session',
    summary: 'Who is signed in',
    right: null,
    response: session.User,
    status: 200,
  },
  endSession: { method: 'DELETE', path: '/session', summary: 'Sign out', right: null, response: Empty, status: 204 },
  readSite: {
    method: 'GET',
    path: '/site',
    summary: 'What the console needs to know of this place',
    right: null,
    response: session.Site,
    status: 200,
  },
} as const satisfies Record<string, Route>

export type RouteName = keyof typeof ROUTES

/** What a handler of a route is given and gives, by the route's own schemas; `undefined` where it has none. */
type Part<Name extends RouteName, Key extends 'params' | 'query' | 'body' | 'response'> =
  (typeof ROUTES)[Name] extends Readonly<Record<Key, infer S extends TSchema>> ? Static<S> : undefined
export type RouteParams<Name extends RouteName> = Part<Name, 'params'>
export type RouteQuery<Name extends RouteName> = Part<Name, 'query'>
export type RouteBody<Name extends RouteName> = Part<Name, 'body'>
export type RouteResponse<Name extends RouteName> = Part<Name, 'response'>
