import { LIVE_TOPICS, TAG_FILTERS, TOPICS } from '@cordon/contract'
import { startEmbeddedBroker } from '@cordon/embedded'
import { createLogger } from '@cordon/runtime'
import { answerParent } from './stack/answer-parent.ts'
import type { FromBroker, ToBroker } from './stack/broker-messages.ts'

/** The embedded broker as a process of its own, so that what it costs can be told apart. */
interface Account {
  readonly password: string
  readonly publishes: readonly string[]
  readonly subscribes: readonly string[]
}

answerParent<ToBroker, FromBroker>(async ({ dir, port: wanted, tags, service }) => {
  const accounts = new Map<string, Account>([
    [
      service.username,
      { password: service.password, publishes: LIVE_TOPICS, subscribes: [...LIVE_TOPICS, ...TAG_FILTERS] },
    ],
    ...tags.map(({ id, password }) => [id, { password, publishes: [TOPICS.tagFixes(id)], subscribes: [] }] as const),
  ])
  const { port } = await startEmbeddedBroker<Account>({
    host: '127.0.0.1',
    port: wanted,
    persistenceDir: dir,
    authenticate: (_clientId, username, password) => {
      const account = accounts.get(username)
      return Promise.resolve(account?.password === password ? { ok: true, account } : { ok: false })
    },
    authorizePublish: ({ publishes }, topic) => publishes.includes(topic),
    authorizeSubscribe: ({ subscribes }, filter) => subscribes.includes(filter),
    logger: createLogger({ name: 'broker', level: 'error' }),
  })
  return { type: 'started', port }
})
