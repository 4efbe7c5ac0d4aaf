import Type from 'typebox'
import * as incidents from '../incidents.ts'
import * as keeping from '../keeping.ts'
import { ById, creates, lists, type Route, reads, wearerFilter } from './route.ts'

/** What is kept, for how long, and who has seen it. */
export const KEEPING_ROUTES = {
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
  listAudit: lists(
    '/audit',
    'Who did and saw what, newest first',
    incidents.AuditEntry,
    { ...wearerFilter, who: Type.Optional(Type.String()) },
    'audit',
  ),
} as const satisfies Record<string, Route>
