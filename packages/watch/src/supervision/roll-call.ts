import type { ActivationId, OrderId, RollCallRow, TagId, WearerId } from '@cordon/contract'
import type { KnownSilence } from './known-silence.ts'

/** All epoch ms. Orders and activations that are in force now; an activation and an order of a wearer belong together. */
export interface RollCallFacts {
  readonly orders: readonly OrderFact[]
  readonly activations: readonly ActivationFact[]
}

export interface OrderFact {
  readonly orderId: OrderId
  readonly wearerId: WearerId
  readonly from: number
  /** When the wearer's last activation ended; null: there was none. */
  readonly untaggedSince: number | null
  /** Milliseconds: grace of the order's plan, in which a tag may be fitted or changed. */
  readonly graceMs: number
}

export interface ActivationFact {
  readonly activationId: ActivationId
  readonly wearerId: WearerId
  readonly tagId: TagId
  readonly from: number
  /** When the wearer's last order ended; null: there was none. */
  readonly unorderedSince: number | null
  readonly graceMs: number
  /** Milliseconds that its plan allows between two reports. */
  readonly allowedMs: number
  readonly heardAt: number | null
  /** Quiet for as long as the plan allows, for a known reason or not. */
  readonly isQuiet: boolean
  readonly known: KnownSilence | null
}

/** People believed to be monitored who are not (R14): by kind of problem, then oldest first. Empty when all is well. */
export function rollCall({ orders, activations }: RollCallFacts, now: number): readonly RollCallRow[] {
  const tagged = new Set(activations.map(({ wearerId }) => wearerId))
  const ordered = new Set(orders.map(({ wearerId }) => wearerId))
  const untagged = orders.filter(({ wearerId }) => !tagged.has(wearerId)).map(toUntagged)
  const unordered = activations.filter(({ wearerId }) => !ordered.has(wearerId)).map(toUnordered)
  const quiet = activations.flatMap(activation => toQuiet(activation, now))
  const due = [...untagged, ...unordered].filter(({ since, graceMs }) => now - since >= graceMs)
  return [...due, ...quiet].sort(byProblem).map(({ row, since }) => ({ ...row, since: new Date(since).toISOString() }))
}

interface Finding {
  readonly row: RollCallRow
  readonly since: number
}

function toUntagged({ orderId, wearerId, from, untaggedSince, graceMs }: OrderFact) {
  const row: RollCallRow = { problem: 'order-without-tag', wearerId, orderId }
  return { row, since: Math.max(from, untaggedSince ?? from), graceMs }
}

function toUnordered({ activationId, wearerId, tagId, from, unorderedSince, graceMs }: ActivationFact) {
  const row: RollCallRow = { problem: 'tag-without-order', wearerId, activationId, tagId }
  return { row, since: Math.max(from, unorderedSince ?? from), graceMs }
}

/** A tag never heard from is told by the calendar alone, so that it is seen even if the engine knows nothing of it. */
function toQuiet(
  { activationId, wearerId, tagId, from, allowedMs, heardAt, isQuiet, known }: ActivationFact,
  now: number,
): Finding[] {
  const isLate = heardAt === null && now - from >= allowedMs
  if (!isQuiet && !isLate) return []
  const row = { wearerId, activationId, tagId }
  const since = heardAt ?? from
  if (known !== null) return [{ row: { ...row, problem: 'known-silence', reason: inWords(known) }, since }]
  return [{ row: { ...row, problem: heardAt === null ? 'never-heard' : 'not-reporting' }, since }]
}

function inWords({ kind, detail }: KnownSilence): string {
  return kind === 'suspended' ? `suspended: ${detail}` : detail
}

const PROBLEMS = [
  'order-without-tag',
  'tag-without-order',
  'never-heard',
  'not-reporting',
  'known-silence',
] as const satisfies readonly RollCallRow['problem'][]

function byProblem(a: Finding, b: Finding): number {
  return (
    PROBLEMS.indexOf(a.row.problem) - PROBLEMS.indexOf(b.row.problem) ||
    a.since - b.since ||
    compareIds(idOf(a), idOf(b))
  )
}

/** Ids are 64-bit numbers in decimals: the longer is the greater. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1)
}

function idOf({ row }: Finding): string {
  return row.orderId ?? (row.activationId as string)
}
