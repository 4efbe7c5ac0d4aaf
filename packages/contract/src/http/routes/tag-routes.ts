import Type from 'typebox'
import { TAG_ID_PATTERN } from '../../schema.ts'
import * as incidents from '../incidents.ts'
import * as resources from '../resources.ts'
import { ById, creates, lists, type Route, reads, wearerFilter } from './route.ts'

const ByTag = Type.Object({
  id: Type.String({ maxLength: 129, description: 'tag id; an OwnTracks id has its slash percent-encoded' }),
})
const ByForwarder = Type.Object({ id: Type.String({ pattern: TAG_ID_PATTERN }) })

/** The devices, who may speak for them, and on whom they are fitted. */
export const TAG_ROUTES = {
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
  listQuarantine: lists(
    '/quarantine',
    'Messages that could not be used, newest first',
    incidents.Quarantined,
    { tagId: Type.Optional(Type.String()) },
    'register',
  ),
} as const satisfies Record<string, Route>
