import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { WebhookDelivery } from '@cordon/contract'
import { deriveSecret, listen, type RunningProcess, sleep } from '@cordon/runtime'
import { endWebhook, insertWebhook, listWebhooks, type Store } from '@cordon/store'
import { Webhook } from 'standardwebhooks'
import { freePort } from '../stack/free-port.ts'
import { startService } from '../stack/start-service.ts'
import { readLog } from '../verify/read-kept.ts'
import type { Check } from '../verify/verify.ts'
import type { Fault } from './fault.ts'

const AWAY_MS = 5_000
/** Long enough that incidents are raised before the blow and while nobody is there to tell of them. */
const BEFORE_MS = 4_000
const CAUGHT_UP_MS = 60_000

/** Another system, which checks each signature and remembers what it was told. */
function createReceiver(secret: Uint8Array) {
  const told: string[] = []
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const headers = request.headers as Record<string, string>
      const delivery = new Webhook(secret, { format: 'raw' }).verify(Buffer.concat(chunks).toString(), headers)
      told.push((delivery as WebhookDelivery).cursor)
      response.end()
    })
  })
  return { told, server }
}

/** The notifier is started for this fault alone: no other one needs it. */
const killed: Fault = {
  name: 'kill-notifier',
  title: 'notifier: kill -9, back after 5 s',
  isQuick: true,
  seconds: 12,
  strike: async ({ stack: { store, database } }) => {
    const key = randomBytes(32).toString('hex')
    const salt = randomBytes(16)
    const { told, server } = createReceiver(deriveSecret(key, salt))
    const port = await listen(server, 0, '127.0.0.1')
    const url = `http://127.0.0.1:${port}/`
    const webhook = await insertWebhook(store, { name: 'faults', url, severities: [], salt, createdBy: 'faults' })
    const opsPort = await freePort()
    const env = { CORDON_DATABASE_URL: database.url, CORDON_WEBHOOK_KEY: key }
    const start = () => startService({ name: 'notifier', env, opsPort, nodeArgs: [] })
    let notifier: RunningProcess = await start()
    try {
      await sleep(BEFORE_MS)
      await notifier.kill()
      await sleep(AWAY_MS)
      notifier = await start()
      await untilTold(store, webhook.id)
      return await compare(store, webhook.position, told)
    } finally {
      await notifier.stop()
      await endWebhook(store, webhook.id)
      server.closeAllConnections()
      server.close()
    }
  },
}

/** Incidents go on being raised, so it is told everything for a moment only. */
async function untilTold(store: Store, id: string): Promise<void> {
  for (const deadline = Date.now() + CAUGHT_UP_MS; Date.now() < deadline; await sleep(100)) {
    const { items } = await listWebhooks(store, { limit: 10 })
    if (items.find(webhook => webhook.id === id)?.waiting === '0') return
  }
}

/** Every change up to the last one told, in the log's order; the one under way at the kill may have come twice, under one id. */
async function compare(store: Store, from: string, told: readonly string[]): Promise<readonly Check[]> {
  const last = BigInt(told.at(-1) ?? from)
  const expected = (await readLog(store))
    .map(({ cursor }) => cursor)
    .filter(cursor => BigInt(cursor) > BigInt(from) && BigInt(cursor) <= last)
  const once = told.filter((cursor, index) => told[index - 1] !== cursor)
  const isSame = once.length === expected.length && once.every((cursor, index) => cursor === expected[index])
  return [
    {
      name: 'the webhook was told every change, in order, at most one of them twice',
      isMet: isSame && expected.length > 0 && told.length - once.length <= 1,
      detail: `${expected.length} changes, ${told.length} told, ${told.length - once.length} twice`,
    },
  ]
}

export const NOTIFIER: readonly Fault[] = [killed]
