import { type Backoff, backoff, type Clock, type Logger, toError } from '@cordon/runtime'
import { type LeasedWebhook, leaseWebhooks, type Store } from '@cordon/store'
import { deliver } from './deliver.ts'

export interface NotifierParts {
  readonly store: Store
  readonly clock: Clock
  readonly logger: Logger
  /** Its name: a lease is under it. */
  readonly instance: string
  readonly webhookKey: string
  readonly answerWithinMs: number
  readonly onDelivery: (isReceived: boolean) => void
  /** Milliseconds between looks at the log. */
  readonly lookMs?: number
  readonly firstRetryMs?: number
  readonly random?: () => number
}

export interface Notifier {
  /** Webhooks of which the last delivery failed. */
  failing(): number
  /** Gives up what is on its way; it is delivered again after the next start. */
  stop(): Promise<void>
}

const LOOK_MS = 500
/** A notifier that says nothing for so long has died or hangs, and another one delivers. */
const LEASE_MS = 30_000
/** Between tries of a system that does not answer: a second at first, five minutes at last, for as long as it takes. */
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 300_000

interface Waiting {
  readonly waits: Backoff
  until: number
}

/**
 * Tells every webhook what is in the incident log. The log is the queue and the database keeps each one's place in it, so a kill loses
 * nothing, and one receiver that is away costs memory for nobody.
 */
export function startNotifier(parts: NotifierParts): Notifier {
  const { store, clock, logger, instance, lookMs = LOOK_MS, firstRetryMs = FIRST_RETRY_MS } = parts
  const stopping = new AbortController()
  const busy = new Map<string, Promise<void>>()
  const failed = new Map<string, Waiting>()

  const putOff = (id: string) => {
    const waiting = failed.get(id) ?? {
      waits: backoff({ minMs: firstRetryMs, maxMs: LAST_RETRY_MS, random: parts.random ?? Math.random }),
      until: 0,
    }
    if (!failed.has(id)) logger.warn({ webhookId: id }, 'a webhook was not received: it is tried again until it is')
    waiting.until = clock.now() + waiting.waits.next()
    failed.set(id, waiting)
  }

  const tell = async (webhook: LeasedWebhook): Promise<void> => {
    const { id } = webhook
    const signal = stopping.signal
    const outcome = await deliver(webhook, { ...parts, database: store, notifier: instance, signal })
    if (outcome === 'failed') return putOff(id)
    if (failed.delete(id)) logger.info({ webhookId: id }, 'a webhook is received again')
  }

  const look = async (): Promise<void> => {
    for (const webhook of await leaseWebhooks(store, instance, LEASE_MS)) {
      const { id } = webhook
      if (busy.has(id) || clock.now() < (failed.get(id)?.until ?? 0)) continue
      const telling = tell(webhook)
        .catch((error: unknown) => {
          logger.error({ webhookId: id, err: toError(error) }, 'a webhook could not be told: tried again')
        })
        .finally(() => busy.delete(id))
      busy.set(id, telling)
    }
  }

  let looking: Promise<void> = Promise.resolve()
  let isLooking = false
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    looking = look()
      .catch((error: unknown) => logger.error({ err: toError(error) }, 'the webhooks could not be read: tried again'))
      .finally(() => {
        isLooking = false
      })
  }, lookMs)

  return {
    failing: () => failed.size,
    stop: async () => {
      clearInterval(timer)
      stopping.abort()
      await looking
      await Promise.all(busy.values())
    },
  }
}
