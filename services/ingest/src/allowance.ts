import type { Rejection, TagId } from '@cordon/contract'
import type { ReceivedMessage } from './subscribe/create-subscriber.ts'

/** What a tag says in one message, as far as it is counted. */
export interface Said {
  readonly tagId: TagId
  readonly items: number
  /** Of the newest item; null for one without a time. */
  readonly measuredAt: number | null
}

/** Messages of one topic that were refused in one batch, as one. */
export interface Refused {
  /** The first of them, as of the last of them. */
  readonly message: ReceivedMessage
  readonly tagId: TagId
  readonly rejection: Rejection
  readonly seen: number
}

/** How much each tag may say. What is counted in a batch counts once that is committed; until then it can be run again. */
export interface Allowance {
  /** Forgets what was counted since the last commit. */
  begin(): void
  admits(message: ReceivedMessage, said: Said): boolean
  refused(): readonly Refused[]
  commit(): void
  /** Topics of which something was refused in the last seconds before `now`. */
  floods(now: number): number
}

interface Account {
  readonly left: number
  readonly receivedAt: number
  readonly measuredAt: number
}

/** Refused messages that are counted in one row of the quarantine. */
interface Refusal {
  readonly first: ReceivedMessage
  readonly tagId: TagId
  readonly seen: number
  readonly lastAt: number
}

/** Items in reserve, in seconds of the rate: at 50 a second 20,000, two weeks of a fix a minute out of a tag's memory at once. */
const RESERVE_SECONDS = 400
/** A row of the quarantine counts for so long. */
const ROW_MS = 60_000
const LATELY_MS = 10_000

/**
 * A tag that has gone mad must not hold up the others: ten thousand messages a second cost more than everybody else's. Each topic has
 * a reserve, of which each item takes one and to which time gives `perSecond`: the time that passed here, or the time that passed between
 * what was measured, whichever is more. So whatever waited, at the tag or at the broker, for however long, is taken at any speed if it
 * was measured at a bearable pace; what is measured faster than that, again and again, or in the future earns nothing. Beyond the reserve a
 * message is refused as `too-many`: acknowledged, counted, and of those of a minute the first is kept. As time goes on giving, the newest
 * position of such a tag is still known.
 */
export function createAllowance(perSecond: number): Allowance {
  const reserve = perSecond * RESERVE_SECONDS
  const accounts = new Map<string, Account>()
  const rows = new Map<string, Refusal>()
  let drafts = new Map<string, Account>()
  let refusals = new Map<string, Refusal>()

  const earn = (known: Account | undefined, receivedAt: number, measuredAt: number): Account => {
    if (known === undefined) return { left: reserve, receivedAt, measuredAt }
    const ms = Math.max(0, receivedAt - known.receivedAt, measuredAt - known.measuredAt)
    return {
      left: Math.min(reserve, known.left + (ms * perSecond) / 1_000),
      receivedAt: Math.max(receivedAt, known.receivedAt),
      measuredAt: Math.max(measuredAt, known.measuredAt),
    }
  }
  const refuse = (message: ReceivedMessage, tagId: TagId) => {
    const { topic, receivedAt } = message
    const known = refusals.get(topic)
    refusals.set(topic, { first: known?.first ?? message, tagId, seen: (known?.seen ?? 0) + 1, lastAt: receivedAt })
  }
  /** A receipt is known by its time: one of the same millisecond as the last one needs a row of its own. */
  const rowOf = ({ first, lastAt }: Refusal): ReceivedMessage => {
    const row = rows.get(first.topic)?.first
    const counted = rows.get(first.topic)?.lastAt ?? Number.POSITIVE_INFINITY
    return row !== undefined && lastAt > counted && lastAt - row.receivedAt < ROW_MS ? row : first
  }

  return {
    begin: () => {
      drafts = new Map()
      refusals = new Map()
    },
    admits: (message, { tagId, items, measuredAt }) => {
      const { topic, receivedAt } = message
      const known = drafts.get(topic) ?? accounts.get(topic)
      const account = earn(known, receivedAt, Math.min(measuredAt ?? 0, receivedAt))
      const isAdmitted = account.left >= 1
      drafts.set(topic, isAdmitted ? { ...account, left: account.left - items } : account)
      if (!isAdmitted) refuse(message, tagId)
      return isAdmitted
    },
    refused: () =>
      [...refusals.values()].map(refusal => ({
        message: { ...rowOf(refusal), receivedAt: refusal.lastAt },
        ...{ tagId: refusal.tagId, seen: refusal.seen, rejection: tooMany(perSecond) },
      })),
    commit: () => {
      for (const [topic, account] of drafts) accounts.set(topic, account)
      for (const [topic, refusal] of refusals) rows.set(topic, { ...refusal, first: rowOf(refusal) })
      drafts = new Map()
      refusals = new Map()
    },
    floods: now => {
      for (const [topic, { lastAt }] of rows) if (now - lastAt > ROW_MS) rows.delete(topic)
      return [...rows.values()].filter(({ lastAt }) => now - lastAt <= LATELY_MS).length
    },
  }
}

const tooMany = (perSecond: number): Rejection => ({
  code: 'too-many',
  field: '',
  detail: `this tag sends more than ${perSecond} fixes a second: what is beyond is counted here, acknowledged and not kept`,
  index: null,
})

/** Everything is admitted. */
export const noLimit: Pick<Allowance, 'begin' | 'admits' | 'refused'> = {
  begin: () => undefined,
  admits: () => true,
  refused: () => [],
}
