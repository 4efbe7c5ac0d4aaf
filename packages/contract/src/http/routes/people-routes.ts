import * as session from '../session.ts'
import * as webhooks from '../webhooks.ts'
import { ById, creates, Empty, lists, type Route } from './route.ts'

/** People and machines that use Cordon, and other systems that it tells. */
export const PEOPLE_ROUTES = {
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
