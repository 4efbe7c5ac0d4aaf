import type { ZoneGeometry } from '../http/geometry.ts'
import type { ActionCreate, Incident } from '../http/incidents.ts'
import type { ErasureCreate, LegalHoldCreate, RetentionRulesReplace } from '../http/keeping.ts'
import type { PolicyCreate } from '../http/policies.ts'
import type * as resources from '../http/resources.ts'
import type { User } from '../http/session.ts'
import type { Position } from '../http/track.ts'
import type { ZonePreviewCreate } from '../http/zone-preview.ts'
import type { OwnTracksLocation, OwnTracksLwt, TraccarForward } from '../mqtt/other-sources.ts'
import type * as tag from '../mqtt/tag-messages.ts'
import type { ClientMessage, ServerMessage } from '../socket/messages.ts'
import type { ProvisionalState } from '../socket/provisional.ts'

/** The examples printed in the documents. A test holds each against its schema; here the compiler does. */

const fix: tag.FixMessage = {
  time: '2026-11-22T06:00:00.000Z',
  lat: 52.2405,
  lon: -0.9027,
  accuracy: 8,
  source: 'gnss',
  seq: 1042,
  speed: 1.2,
  heading: 271,
  altitude: 77,
  satellites: 9,
  hdop: 0.9,
  battery: 83,
}
const event: tag.DeviceEventMessage = { time: '2026-11-22T06:02:11.000Z', seq: 1044, type: 'strap-cut', battery: 82 }
const ack: tag.AckMessage = { id: '7f3a', time: '2026-11-22T06:05:02.000Z', result: 'ok' }
const command: tag.CommandMessage = { id: '7f3a', type: 'message', text: 'Call the monitoring centre.' }

const location: OwnTracksLocation = {
  _type: 'location',
  lat: 52.2405,
  lon: -0.9027,
  tst: 1_795_327_200,
  acc: 12,
  alt: 77,
  vel: 4,
  cog: 271,
  batt: 64,
  bs: 1,
  created_at: 1_795_327_202,
}
const lwt: OwnTracksLwt = { _type: 'lwt', tst: 1_795_300_000 }
const forward: TraccarForward = {
  position: {
    id: 90_417,
    fixTime: '2026-11-22T06:00:00.000+00:00',
    deviceTime: '2026-11-22T06:00:00.000+00:00',
    serverTime: '2026-11-22T06:00:01.000+00:00',
    valid: true,
    outdated: false,
    latitude: 52.2405,
    longitude: -0.9027,
    altitude: 77,
    speed: 2.3,
    course: 271,
    accuracy: 0,
    attributes: { batteryLevel: 58, sat: 11, hdop: 0.8 },
    network: null,
  },
  device: { uniqueId: '860111222333444' },
}

export const MQTT_EXAMPLES = {
  fix,
  fixes: [fix, { time: 1_795_327_260_000, lat: 52.241, lon: -0.9031, seq: 1043 }],
  event,
  events: [event, { time: '2026-11-22T06:03:40.000Z', seq: 1045, type: 'strap-restored' }],
  status: { online: true },
  ack,
  command,
  location,
  lwt,
  forward,
}

const user: User = { name: 'p.ward', displayName: 'Pat Ward', role: 'operator' }
const position: Position = {
  wearerId: '101',
  activationId: '301',
  time: '2026-11-22T06:00:00.000Z',
  receivedAt: '2026-11-22T06:00:00.412Z',
  lat: 52.2405,
  lon: -0.9027,
  accuracy: 8,
  source: 'gnss',
  speed: 1.2,
  heading: 271,
  battery: 83,
}
const incident: Incident = {
  id: '9001',
  episodeId: 'exclusion-breach/301/501/1795327140000',
  kind: 'exclusion-breach',
  severity: 'critical',
  certainty: 'confirmed',
  state: 'open',
  wearerId: '101',
  wearerName: 'Sam Example',
  wearerReference: 'X320741',
  activationId: '301',
  tagId: 'NTN-0042',
  conditionId: '501',
  zoneId: '401',
  zoneName: 'Abington Street',
  zoneVersion: 1,
  happenedAt: '2026-11-22T06:00:00.000Z',
  receivedAt: '2026-11-22T06:00:00.412Z',
  raisedAt: '2026-11-22T06:00:00.431Z',
  changedAt: '2026-11-22T06:00:00.431Z',
  late: false,
  reason: {
    text: '2 fixes inside the zone, the deepest 31 m past its boundary.',
    fixes: ['1795327140000/1041', '1795327200000/1042'],
    distanceM: -31.2,
    accuracyM: 8,
    accuracyAssumed: false,
    probability: 0.9999,
    zoneVersion: 1,
    policyVersion: 1,
    hours: { from: 1_795_302_000_000, to: 1_795_345_200_000 },
    fixesCounted: 2,
    greatestDepthM: 31.2,
    insideMs: 60_000,
    extentM: 14,
    entries: 1,
    beganAt: 1_795_327_140_000,
  },
}

const provisional: ProvisionalState = {
  items: [
    {
      episodeId: 'exclusion-breach/301/501/1795327140000',
      wearerId: '101',
      activationId: '301',
      zoneId: '401',
      kind: 'exclusion-breach',
      severity: 'critical',
      certainty: 'confirmed',
      happenedAt: '2026-11-22T06:00:00.000Z',
      endedAt: null,
      reason: '2 fixes inside the zone, the deepest 31 m past its boundary.',
      notRecordedSince: '2026-11-22T05:58:41.000Z',
      position: { lat: 52.2405, lon: -0.9027, accuracy: 8, time: '2026-11-22T06:00:00.000Z' },
    },
  ],
  leftOut: 0,
}

export const SOCKET_EXAMPLES = {
  subscribe: { type: 'subscribe', positions: { bbox: [-1.4, 51.97, -0.34, 52.65] }, incidents: true, since: '88412' },
  unsubscribe: { type: 'unsubscribe' },
  pong: { type: 'pong' },
  hello: { type: 'hello', serverTime: '2026-11-22T06:00:05.000Z', user },
  snapshot: {
    type: 'snapshot',
    complete: true,
    positions: [position],
    incidents: [incident],
    cursor: '88412',
    provisional,
  },
  provisional: { type: 'provisional', ...provisional },
  positions: { type: 'positions', items: [position] },
  incident: { type: 'incident', cursor: '88413', change: 'raised', incident },
  system: {
    type: 'system',
    serverTime: '2026-11-22T06:00:10.000Z',
    ingestLagSeconds: 0.04,
    fixesPerSecond: 205,
    tagsReporting: 198,
    tagsExpected: 200,
    feeds: { broker: { state: 'up', since: '2026-11-22T00:00:00.000Z' } },
  },
  ping: { type: 'ping' },
  error: { type: 'error', code: 'invalid-message', detail: 'type: expected subscribe, unsubscribe or pong' },
} as const satisfies Readonly<Record<string, ClientMessage | ServerMessage>>

const square: ZoneGeometry = {
  type: 'Polygon',
  coordinates: [
    [
      [-0.905, 52.239],
      [-0.9, 52.239],
      [-0.9, 52.242],
      [-0.905, 52.242],
      [-0.905, 52.239],
    ],
  ],
}
const circle: ZoneGeometry = { type: 'Circle', center: [-0.9027, 52.2405], radius: 150 }

const wearer: resources.WearerCreate = { name: 'Sam Example', reference: 'X320741', mappaLevel: 2, flags: ['iom'] }
const order: resources.OrderCreate = {
  wearerId: '101',
  type: 'licence',
  from: '2026-11-01T00:00:00Z',
  risk: 'high',
  officerId: 'j.okafor',
}
const zone: resources.ZoneCreate = { name: 'Abington Street', kind: 'exclusion', geometry: square, buffer: 100 }
const condition: resources.ConditionCreate = {
  orderId: '201',
  zoneId: '401',
  hours: {
    timeZone: 'Europe/London',
    weekly: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '19:00', to: '07:00' }],
    exceptions: [{ date: '2026-12-25', from: '00:00', to: '00:00', applies: false }],
  },
  priority: 1,
}
const action: ActionCreate = {
  type: 'close',
  outcome: 'breach-confirmed',
  text: 'Police attended; wearer left the zone.',
}
const pass: resources.PassCreate = {
  conditionId: '501',
  from: '2026-11-23T08:00:00Z',
  to: '2026-11-23T18:00:00Z',
  reason: 'Work: the way to the depot leads through the zone.',
  corridor: {
    type: 'Polygon',
    coordinates: [
      [
        [-0.905, 52.24],
        [-0.9, 52.24],
        [-0.9, 52.2404],
        [-0.905, 52.2404],
        [-0.905, 52.24],
      ],
    ],
  },
}
const policy: PolicyCreate = {
  note: 'Closer supervision of critical orders; the shopping centre has poor reception.',
  risks: { critical: { fixIntervalMs: 15_000, graceMs: 120_000 } },
  zones: { '401': { confirmedProbability: 0.98 } },
}
const zonePreview: ZonePreviewCreate = {
  kind: 'exclusion',
  geometry: circle,
  buffer: 100,
  wearerIds: ['101', '102'],
  from: '2026-11-08T00:00:00Z',
  to: '2026-11-22T00:00:00Z',
}
const tagCreate: resources.TagCreate = { id: 'NTN-0042', model: 'Smart Tag 4', protocol: 'cordon' }
const forwarder: resources.ForwarderCreate = { id: 'county-traccar', source: 'traccar' }
const activation: resources.ActivationCreate = { wearerId: '101', tagId: 'NTN-0042', from: '2026-11-01T09:30:00Z' }

const retentionRules: RetentionRulesReplace = {
  rules: [
    { what: 'track', orderType: '*', days: 2_192 },
    { what: 'track', orderType: 'bail', days: 365 },
    { what: 'case', orderType: '*', days: 3_653 },
    { what: 'audit', orderType: '*', days: 3_653 },
    { what: 'quarantine', orderType: '*', days: 90 },
  ],
}
const legalHold: LegalHoldCreate = { wearerId: '101', reason: 'Appeal pending', until: '2028-01-01T00:00:00Z' }
const erasure: ErasureCreate = { reason: 'Conviction quashed', reference: 'DP-2026-0117' }

/** Request bodies, by the name of their route. */
export const REQUEST_EXAMPLES = {
  createWearer: wearer,
  createOrder: order,
  createCondition: condition,
  createPass: pass,
  createPolicy: policy,
  replaceRetentionRules: retentionRules,
  createLegalHold: legalHold,
  endLegalHold: { reason: 'Appeal dismissed' },
  createErasure: erasure,
  createZone: zone,
  replaceZone: { ...zone, geometry: circle },
  previewZone: zonePreview,
  createTag: tagCreate,
  createForwarder: forwarder,
  createActivation: activation,
  createAction: action,
}
