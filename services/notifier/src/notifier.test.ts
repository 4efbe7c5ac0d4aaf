import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Severity, WebhookDelivery } from '@cordon/contract'
import { createLogger, deriveSecret, systemClock } from '@cordon/runtime'
import { endWebhook, insertWebhook, listWebhooks, writeBatch } from '@cordon/store'
import { aBatch, aMonitoredWearer, anIncidentJudgement, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Notifier, startNotifier } from './start-notifier.ts'

const KEY = 'a-test-key-of-webhooks-0123456789abcdef'
const SALT = Buffer.from('0123456789abcdef')

interface Delivery {
  readonly id: string
  readonly body: WebhookDelivery
}

let database: TestDatabase
let receiver: Server
let url: string
let received: Delivery[]
let answer: (delivery: Delivery) => number
const notifiers: Notifier[] = []

beforeEach(async () => {
  database = await createTestDatabase()
  received = []
  answer = () => 200
  receiver = createServer((request, response) => {
    void read(request).then(delivery => {
      const status = answer(delivery)
      if (status === 200) received.push(delivery)
      response.writeHead(status, status === 302 ? { location: url } : {}).end()
    })
  })
  await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/incidents`
})

afterEach(async () => {
  for (const notifier of notifiers.splice(0)) await notifier.stop()
  receiver.closeAllConnections()
  await new Promise(resolve => receiver.close(resolve))
  await database.drop()
})

/** Rejects, and so nothing is answered, when the signature is not that of the webhook's secret. */
async function read(request: IncomingMessage): Promise<Delivery> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const secret = `whsec_${deriveSecret(KEY, SALT).toString('base64')}`
  const body = new Webhook(secret).verify(
    Buffer.concat(chunks).toString(),
    request.headers as Record<string, string>,
  ) as WebhookDelivery
  return { id: String(request.headers['webhook-id']), body }
}

const start = (instance = 'notifier-1') => {
  const notifier = startNotifier({
    ...{ store: database.store, clock: systemClock, logger: createLogger({ name: 'test', level: 'silent' }) },
    ...{ instance, webhookKey: KEY, answerWithinMs: 500, lookMs: 20, firstRetryMs: 20 },
    onDelivery: () => undefined,
  })
  notifiers.push(notifier)
  return notifier
}

const aWebhook = (severities: readonly Severity[] = []) =>
  insertWebhook(database.store, { name: 'a case system', url, severities, salt: SALT, createdBy: 'test' })

async function raise(count: number, severity: Severity = 'critical'): Promise<readonly string[]> {
  const wearer = await aMonitoredWearer(database.store)
  const episodes = Array.from({ length: count }, (_, index) => `${wearer.activationId}/${severity}/${index}`)
  for (const episodeId of episodes) {
    const judgement = anIncidentJudgement(wearer, { episodeId, severity })
    await writeBatch(database.store, aBatch({ judgements: [judgement] }))
  }
  return episodes
}

/** The machine may be busy: only a failure takes so long. */
const soon = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 25_000, interval: 20 })

const cursors = () => received.map(({ body }) => Number(body.cursor))

describe('a webhook', () => {
  it('is told of every change from its making on, in the order of the log, signed', async () => {
    await raise(2)
    await aWebhook()
    await raise(5)
    start()
    await soon(() => expect(cursors()).toEqual([3, 4, 5, 6, 7]))
    expect(received[0]?.body).toMatchObject({ type: 'incident.raised', data: { severity: 'critical', state: 'open' } })
    expect(received[0]?.body.data.wearerName).toBeTypeOf('string')
  })

  it('is told of the severities that it asked for alone, and is not behind for the others', async () => {
    await aWebhook(['critical'])
    await raise(3, 'warning')
    await raise(1, 'critical')
    await raise(2, 'warning')
    start()
    await soon(() => expect(cursors()).toEqual([4]))
    await soon(async () => expect((await listWebhooks(database.store, { limit: 9 })).items[0]?.waiting).toBe('0'))
  })

  it('that is away is told everything when it is back, and says meanwhile since when and why', async () => {
    await aWebhook()
    await raise(3)
    let isAway = true
    answer = () => (isAway ? 503 : 200)
    start()
    await soon(async () => {
      const [webhook] = (await listWebhooks(database.store, { limit: 9 })).items
      expect(webhook).toMatchObject({ lastError: 'it answered 503', failingSince: expect.any(String), waiting: '3' })
    })
    expect(received).toEqual([])
    isAway = false
    await soon(() => expect(cursors()).toEqual([1, 2, 3]))
    await soon(async () => {
      const [webhook] = (await listWebhooks(database.store, { limit: 9 })).items
      expect(webhook?.failingSince).toBeUndefined()
    })
  })

  it('that redirects has not received: what it is sent goes to no other address', async () => {
    await aWebhook()
    await raise(1)
    answer = () => 302
    start()
    await soon(async () => {
      const [webhook] = (await listWebhooks(database.store, { limit: 9 })).items
      expect(webhook?.lastError).toBe('it answered 302')
    })
    expect(received).toEqual([])
  })

  it('does not hold up another one that answers', async () => {
    const away = await insertWebhook(database.store, {
      ...{ name: 'away', url: 'http://127.0.0.1:9/', severities: [], salt: SALT, createdBy: 'test' },
    })
    await aWebhook()
    await raise(3)
    start()
    await soon(() => expect(cursors()).toEqual([1, 2, 3]))
    const { items } = await listWebhooks(database.store, { limit: 9 })
    expect(items.find(({ id }) => id === away.id)?.lastError).toMatch(/^no connection: /)
  })

  it('that was ended is told no more', async () => {
    const { id } = await aWebhook()
    start()
    await raise(1)
    await soon(() => expect(cursors()).toEqual([1]))
    await endWebhook(database.store, id)
    await raise(2)
    await aWebhook()
    await raise(1)
    await soon(() => expect(cursors()).toEqual([1, 4]))
  })
})

describe('a notifier', () => {
  it('that died after a delivery and before it was noted delivers that one again under the same id, and nothing else', async () => {
    await aWebhook()
    await raise(3)
    const first = start()
    // It is stopped while the second one is on its way: whether that was received, nobody can know.
    answer = ({ body }) => {
      if (body.cursor === '2') void first.stop()
      return 200
    }
    await soon(() => expect(cursors()).toContain(2))
    await first.stop()
    answer = () => 200
    start()
    await soon(() => expect(cursors()).toContain(3))
    const ids = received.map(({ id }) => id)
    expect([...new Set(ids)].map(id => id.split('-')[1])).toEqual(['1', '2', '3'])
    expect(ids.length).toBeLessThanOrEqual(4)
  })

  it('beside another one delivers nothing twice, and takes over what the other one holds when its lease is over', async () => {
    await aWebhook()
    start('notifier-1')
    start('notifier-2')
    await raise(20)
    await soon(() => expect(cursors()).toEqual(Array.from({ length: 20 }, (_, index) => index + 1)))
    for (const notifier of notifiers.splice(0)) await notifier.stop()
    await database.store.query(`update webhooks set leased_by = 'a dead one', leased_until = now() + interval '1 s'`)
    await raise(1)
    start('notifier-3')
    await soon(() => expect(cursors().at(-1)).toBe(21))
  })
})
