import { describe, expect, it } from 'vitest'
import { createCheck } from '../check.ts'
import { LIMITS } from '../limits.ts'
import { ACTION_TYPES, CONCLUSIONS, INCIDENT_KINDS, ZONE_KINDS } from '../vocabulary.ts'
import { ActionCreate, Incident, RollCallRow } from './incidents.ts'
import { POLICY_DESCRIPTIONS, PolicyCreate, PolicySettings } from './policies.ts'
import {
  ActivationCreate,
  ConditionCreate,
  ForwarderCreate,
  OrderCreate,
  PassCreate,
  TagCreate,
  WearerCreate,
  ZoneCreate,
} from './resources.ts'
import { ROUTES, type Route } from './routes.ts'
import { Problem, ROLE_RIGHTS } from './session.ts'
import { ZonePreviewCreate } from './zone-preview.ts'

const ring = [
  [-0.905, 52.239],
  [-0.9, 52.239],
  [-0.9, 52.242],
  [-0.905, 52.239],
]
const polygon = { type: 'Polygon', coordinates: [ring] }
const from = '2026-11-01T00:00:00Z'
const weekly = [{ days: ['mon'], from: '19:00', to: '07:00' }]

/** The shapes printed in design.md 5.2, and what each must refuse. */
const SHAPES = [
  {
    name: 'a wearer',
    schema: WearerCreate,
    good: [
      { name: 'Sam O’Brien', reference: 'X320741' },
      { name: 'S', reference: 'X', mappaLevel: 3, mappaCategory: 1, flags: ['iom'] },
    ],
    bad: [
      { name: 'Sam' },
      { name: '', reference: 'X' },
      { name: 'S', reference: 'X', mappaLevel: 4 },
      { name: 'S', reference: 'X', flags: ['iom', 'iom'] },
      { name: 'S', reference: 'X', flags: ['vip'] },
      { name: 'x'.repeat(LIMITS.name + 1), reference: 'X' },
      { name: 'S', reference: 'x'.repeat(LIMITS.reference + 1) },
    ],
  },
  {
    name: 'a tag',
    schema: TagCreate,
    good: [
      { id: 'NTN-0042' },
      { id: 'NTN_42', model: 'Smart Tag 4', protocol: 'traccar' },
      { id: 'jane/phone', protocol: 'owntracks' },
    ],
    bad: [
      {},
      { id: '' },
      { id: 'a.b' },
      { id: 'a/b/c' },
      { id: 'a'.repeat(65) },
      { id: 'a+' },
      { id: 'a#' },
      { id: 'a', protocol: 'gt06' },
    ],
  },
  {
    name: 'a forwarder',
    schema: ForwarderCreate,
    good: [{ id: 'county', source: 'traccar' }],
    bad: [
      { id: 'county', source: 'cordon' },
      { id: 'a/b', source: 'traccar' },
    ],
  },
  {
    name: 'an order',
    schema: OrderCreate,
    good: [
      { wearerId: '101', type: 'licence', from },
      { wearerId: '101', type: 'bail', from, to: from, officerId: 'j.okafor', risk: 'critical' },
    ],
    bad: [
      { wearerId: 101, type: 'licence', from },
      { wearerId: '101', type: 'licence', from: '2026-11-01' },
      { wearerId: '101', type: '', from },
      { wearerId: '101', type: 'bail', from, risk: 'low' },
    ],
  },
  {
    name: 'an activation',
    schema: ActivationCreate,
    good: [{ wearerId: '101', tagId: 'NTN-0042', from }],
    bad: [
      { wearerId: 'x', tagId: 'NTN-0042', from },
      { wearerId: '101', from },
    ],
  },
  {
    name: 'a zone',
    schema: ZoneCreate,
    good: [
      ...ZONE_KINDS.map(kind => ({ name: 'Z', kind, geometry: polygon })),
      { name: 'Z', kind: 'exclusion', geometry: { type: 'MultiPolygon', coordinates: [[ring], [ring]] }, buffer: 100 },
      { name: 'Z', kind: 'exclusion', geometry: { type: 'Circle', center: [-0.9, 52.2], radius: 150 } },
    ],
    bad: [
      { name: 'Z', kind: 'forbidden', geometry: polygon },
      { name: 'Z', kind: 'exclusion', geometry: { type: 'Point', coordinates: [-0.9, 52.2] } },
      { name: 'Z', kind: 'exclusion', geometry: { type: 'Circle', center: [-0.9, 92], radius: 150 } },
      { name: 'Z', kind: 'exclusion', geometry: { type: 'Circle', center: [-0.9, 52.2, 1], radius: 150 } },
      { name: 'Z', kind: 'exclusion', geometry: { type: 'Circle', center: [-0.9, 52.2], radius: 0 } },
      {
        name: 'Z',
        kind: 'exclusion',
        geometry: { type: 'Circle', center: [-0.9, 52.2], radius: LIMITS.zoneRadiusM + 1 },
      },
      { name: 'Z', kind: 'exclusion', geometry: polygon, buffer: LIMITS.bufferM + 1 },
      {
        name: 'Z',
        kind: 'exclusion',
        geometry: { type: 'Polygon', coordinates: [Array.from({ length: LIMITS.zoneVertices + 2 }, () => [0, 52])] },
      },
    ],
  },
  {
    name: 'a condition',
    schema: ConditionCreate,
    good: [
      { orderId: '201', zoneId: '401' },
      {
        orderId: '201',
        zoneId: '401',
        hours: {
          timeZone: 'Europe/London',
          weekly,
          exceptions: [{ date: '2026-12-25', from: '00:00', to: '00:00', applies: false }],
        },
        from,
        priority: 1,
      },
    ],
    bad: [
      { orderId: '201' },
      {
        orderId: '201',
        zoneId: '401',
        hours: { timeZone: 'Europe/London', weekly: [{ days: ['mon'], from: '24:00', to: '07:00' }] },
      },
      {
        orderId: '201',
        zoneId: '401',
        hours: { timeZone: 'Europe/London', weekly: [{ days: [], from: '19:00', to: '07:00' }] },
      },
      {
        orderId: '201',
        zoneId: '401',
        hours: {
          timeZone: 'Europe/London',
          weekly,
          exceptions: [{ date: '2026-02-30', from: '00:00', to: '00:00', applies: false }],
        },
      },
    ],
  },
  {
    name: 'a pass',
    schema: PassCreate,
    good: [
      { conditionId: '501', from, to: from, reason: 'hospital' },
      { conditionId: '501', from, to: from, reason: 'the way to work', corridor: polygon },
    ],
    bad: [
      { conditionId: '501', from, to: from },
      { conditionId: '501', from, to: from, reason: 'r', corridor: { type: 'LineString', coordinates: ring } },
    ],
  },
  {
    name: 'a policy',
    schema: PolicyCreate,
    good: [
      { note: 'back to the defaults' },
      {
        note: 'n',
        defaults: { exitFixes: 3 },
        risks: { high: { graceMs: 0 } },
        zones: { '401': { possibleProbability: 0.9 } },
      },
    ],
    bad: [
      {},
      { note: '' },
      { note: 'n', defaults: { exitFixs: 3 } },
      { note: 'n', default: { exitFixes: 3 } },
      { note: 'n', risks: { low: { exitFixes: 3 } } },
      { note: 'n', zones: { 'Abington Street': { exitFixes: 3 } } },
      { note: 'n', defaults: { possibleProbability: 1 } },
      { note: 'n', defaults: { fixIntervalMs: 86_400_001 } },
      { note: 'n', defaults: { exitFixes: 0 } },
    ],
  },
  {
    name: 'a preview of a zone',
    schema: ZonePreviewCreate,
    good: [
      { kind: 'exclusion', geometry: polygon, wearerIds: ['101'] },
      {
        kind: 'inclusion',
        geometry: polygon,
        buffer: 10,
        hours: { timeZone: 'Europe/London', weekly },
        wearerIds: Array.from({ length: LIMITS.previewWearers }, (_, i) => String(i + 1)),
        from,
        to: from,
      },
    ],
    bad: [
      { kind: 'exclusion', geometry: polygon },
      { kind: 'exclusion', geometry: polygon, wearerIds: [] },
      { kind: 'exclusion', geometry: polygon, wearerIds: ['101', '101'] },
      {
        kind: 'exclusion',
        geometry: polygon,
        wearerIds: Array.from({ length: LIMITS.previewWearers + 1 }, (_, i) => String(i + 1)),
      },
    ],
  },
  {
    name: 'an action',
    schema: ActionCreate,
    good: [
      ...ACTION_TYPES.map(type => ({ type })),
      { type: 'close', outcome: 'breach-confirmed', text: 'Police attended.' },
    ],
    bad: [
      {},
      { type: 'delete' },
      { type: 'note', text: '' },
      { type: 'note', text: 'x'.repeat(LIMITS.note + 1) },
      { type: 'close', outcome: 'fine' },
    ],
  },
]

describe.each(SHAPES)('$name', ({ schema, good, bad }) => {
  const check = createCheck(schema)
  it('is taken in every printed shape', () => {
    for (const body of good) expect([body, check(body)]).toEqual([body, true])
  })
  it('is refused outside its limits', () => {
    for (const body of bad)
      expect([JSON.stringify(body).slice(0, 200), check(body)]).toEqual([JSON.stringify(body).slice(0, 200), false])
  })
})

describe('an incident', () => {
  const reason = {
    text: 'Inside.',
    fixes: ['1795327200000/1042'],
    distanceM: -31,
    accuracyM: 8,
    accuracyAssumed: false,
    probability: 0.99,
    zoneVersion: 1,
    policyVersion: 1,
    fixesCounted: 2,
    greatestDepthM: 31,
    entries: 1,
  }
  const incident = {
    id: '9001',
    episodeId: 'e1',
    kind: 'exclusion-breach',
    severity: 'critical',
    certainty: 'confirmed',
    state: 'open',
    wearerId: '101',
    wearerName: 'Sam',
    wearerReference: 'X',
    activationId: '301',
    tagId: 'NTN-0042',
    happenedAt: from,
    receivedAt: from,
    raisedAt: from,
    changedAt: from,
    late: false,
    reason,
  }
  const check = createCheck(Incident)

  it('is of every kind, with and without zone and end', () => {
    for (const kind of INCIDENT_KINDS) expect(check({ ...incident, kind })).toBe(true)
    expect(check({ ...incident, zoneId: '401', zoneVersion: 2, endedAt: from })).toBe(true)
    expect(check({ ...incident, severity: 'high' })).toBe(false)
    expect(check({ ...incident, endedAt: null })).toBe(false)
  })

  it('of the system itself names its part, and nobody', () => {
    const { wearerId, wearerName, wearerReference, activationId, tagId, ...rest } = incident
    const { policyVersion, ...unjudged } = reason
    expect([wearerId, wearerName, wearerReference, activationId, tagId, policyVersion]).not.toContain(undefined)
    expect(check({ ...rest, kind: 'system-fault', part: 'ingest-1', reason: unjudged })).toBe(true)
  })

  it('says how it ended, and of a device rests on events alone', () => {
    for (const conclusion of CONCLUSIONS) expect(check({ ...incident, endedAt: from, conclusion })).toBe(true)
    expect(check({ ...incident, conclusion: 'forgotten' })).toBe(false)
    const { text, fixes, policyVersion, entries } = reason
    const ofDevice = { text, fixes, policyVersion, entries, beganAt: 1_795_327_200_000 }
    expect(check({ ...incident, kind: 'strap-tamper', reason: ofDevice })).toBe(true)
    expect(check({ ...incident, reason: { ...ofDevice, entries: undefined } })).toBe(false)
  })
})

describe('the policy', () => {
  it('says of every setting what it is', () => {
    expect(Object.keys(POLICY_DESCRIPTIONS)).toEqual(Object.keys(PolicySettings.properties))
    expect(Object.values(POLICY_DESCRIPTIONS)).not.toContain('')
  })
})

describe('the roll-call', () => {
  it('has a line for each problem, and for silence that is known', () => {
    const check = createCheck(RollCallRow)
    expect(check({ problem: 'never-heard', wearerId: '101', activationId: '301', since: from })).toBe(true)
    expect(check({ problem: 'known-silence', reason: 'charging', activationId: '301', since: from })).toBe(true)
    expect(check({ problem: 'asleep' })).toBe(false)
  })
})

describe('the table of routes', () => {
  const routes = Object.values<Route>(ROUTES)

  it('has one line for each method of a path', () => {
    const lines = routes.map(route => `${route.method} ${route.path}`)
    expect(new Set(lines).size).toBe(lines.length)
  })

  it('has every resource of the design', () => {
    const paths = new Set(routes.map(route => route.path))
    for (const name of [
      'wearers',
      'orders',
      'conditions',
      'zones',
      'tags',
      'forwarders',
      'activations',
      'passes',
      'suspensions',
      'incidents',
      'near-misses',
      'visits',
      'policies',
      'roll-call',
      'audit',
      'quarantine',
    ])
      expect(paths).toContain(`/${name}`)
    for (const path of ['/zones/{id}/versions', '/incidents/{id}/actions', '/wearers/{id}/track', '/zones/preview'])
      expect(paths).toContain(path)
  })

  it('gives every right to somebody, and all of them to the administrator', () => {
    const taken = new Set(routes.flatMap(route => route.right ?? []))
    expect(ROLE_RIGHTS.administrator).toEqual(expect.arrayContaining([...taken]))
    expect(ROLE_RIGHTS['read-only']).toEqual(['read'])
  })

  it('answers lists with items and a cursor, and takes a limit of at most 1,000 rows', () => {
    const { response, query } = ROUTES.listWearers
    const isPage = createCheck(response)
    expect([{ items: [], next: null }, { items: [], next: 'c' }, { items: [] }, []].map(isPage)).toEqual([
      true,
      true,
      false,
      false,
    ])
    const isQuery = createCheck(query)
    expect(
      [{}, { limit: LIMITS.pageSize }, { limit: 0 }, { limit: LIMITS.pageSize + 1 }, { cursor: '' }].map(isQuery),
    ).toEqual([true, true, false, false, false])
  })
})

describe('a problem', () => {
  it('has type, title, status, a stable code and what to do', () => {
    const problem = { type: 'urn:cordon:problem:not-found', title: 'T', status: 404, code: 'not-found', detail: 'D' }
    expect(createCheck(Problem)(problem)).toBe(true)
    expect(createCheck(Problem)({ ...problem, code: undefined })).toBe(false)
  })
})
