import Type from 'typebox'
import { Id, Instant, words } from '../../schema.ts'
import * as resources from '../resources.ts'
import { Position, Track } from '../track.ts'
import * as zonePreview from '../zone-preview.ts'
import { ById, creates, lists, Page, type Route, reads, wearerFilter } from './route.ts'

/** Who is monitored, under what order, and where they may not be. */
export const REGISTER_ROUTES = {
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
} as const satisfies Record<string, Route>
