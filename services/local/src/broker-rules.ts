import { randomBytes, timingSafeEqual } from 'node:crypto'
import { LIVE_TOPICS, TAG_FILTERS, TOPICS } from '@cordon/contract'
import type { BrokerRules } from '@cordon/embedded'
import { type MqttAccount, type Queryable, verifyMqttPassword } from '@cordon/store'

/** Cordon's own processes at the embedded broker; passwords are made anew at each start. */
export interface ServiceAccount {
  readonly kind: 'service'
  readonly username: string
}

export interface ServiceCredentials {
  readonly username: string
  readonly password: string
}

export type LocalAccount = MqttAccount | ServiceAccount

const SERVICES = ['cordon.ingest', 'cordon.gateway'] as const

export function createServiceCredentials(): Readonly<Record<(typeof SERVICES)[number], ServiceCredentials>> {
  const make = (username: string) => ({ username, password: randomBytes(24).toString('base64url') })
  return { 'cordon.ingest': make('cordon.ingest'), 'cordon.gateway': make('cordon.gateway') }
}

/** The embedded broker's rules, the same as Mosquitto's: a tag speaks below its own id only, a forwarder to its source's topic only. */
export function createBrokerRules(
  store: Queryable,
  services: ReturnType<typeof createServiceCredentials>,
): BrokerRules<LocalAccount> {
  return {
    authenticate: async (_clientId, username, password) => {
      const service = SERVICES.find(name => name === username)
      if (service !== undefined) {
        const ok = isSame(password, services[service].password)
        return ok ? { ok, account: { kind: 'service', username: service } } : { ok }
      }
      const account = await verifyMqttPassword(store, username, password)
      return account === null ? { ok: false } : { ok: true, account }
    },
    authorizePublish: (account, topic) => publishTopics(account, topic),
    authorizeSubscribe: (account, filter) => subscribeFilters(account).includes(filter),
  }
}

function isSame(given: string, wanted: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(wanted)
  return a.length === b.length && timingSafeEqual(a, b)
}

function publishTopics(account: LocalAccount, topic: string): boolean {
  switch (account.kind) {
    case 'service':
      return LIVE_TOPICS.some(live => live === topic) || /^cordon\/v1\/tags\/[^/]+\/commands$/.test(topic)
    case 'forwarder':
      return topic === TOPICS.traccarPositions
    case 'tag':
      return tagTopics(account.tagId, account.protocol).includes(topic)
  }
}

function tagTopics(tagId: string, protocol: string): readonly string[] {
  switch (protocol) {
    case 'owntracks':
      return [TOPICS.owntracks(tagId)]
    case 'cordon':
      return [TOPICS.tagFixes(tagId), TOPICS.tagEvents(tagId), TOPICS.tagStatus(tagId), TOPICS.tagAcks(tagId)]
    default:
      return [] // a Traccar tag speaks to Traccar, never to the broker
  }
}

function subscribeFilters(account: LocalAccount): readonly string[] {
  switch (account.kind) {
    case 'service':
      return [...LIVE_TOPICS, ...TAG_FILTERS]
    case 'forwarder':
      return []
    case 'tag':
      return account.protocol === 'owntracks'
        ? [`${TOPICS.owntracks(account.tagId)}/cmd`]
        : [TOPICS.tagCommands(account.tagId)]
  }
}
