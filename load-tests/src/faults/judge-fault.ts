import type { Store } from '@cordon/store'
import type { PublishedTag } from '../generator/messages.ts'
import type { ReaderReport, Told } from '../reader/messages.ts'
import { mergeLatencies } from '../report/latencies.ts'
import { compareFixes } from '../verify/compare-fixes.ts'
import { compareTold, type LoggedChange } from '../verify/compare-told.ts'
import { readIncidentCounts, readKept, readLog, readQuarantined } from '../verify/read-kept.ts'
import type { FaultRow } from './fault.ts'

type Judged = Omit<FaultRow, 'title' | 'isBeyond' | 'notes' | 'checks'>

/** Holds database and sockets against what the tags of one fault published. */
export async function judgeFault(
  store: Store,
  published: readonly PublishedTag[],
  { newest, ...reader }: ReaderReport & { readonly newest: string },
): Promise<Judged> {
  const fixes = compareFixes(published, await readKept(store, published))
  const malformed = published.reduce((sum, tag) => sum + tag.malformed, 0)
  const quarantined = await readQuarantined(
    store,
    published.map(({ id }) => id),
  )
  const log = await readLog(store)
  const pushes = [reader.told, ...reader.others].map(told => compareFrom(told, log, BigInt(newest)))
  const { blindMs, saidAfterMs, said } = reader.sight
  return {
    published: fixes.acknowledged + malformed,
    ...compareIncidents(published, await readIncidentCounts(store)),
    lostFixes: fixes.lost + Math.max(0, malformed - quarantined),
    doubledFixes: fixes.doubled + Math.max(0, quarantined - malformed),
    missedPushes: pushes.reduce((sum, count) => sum + count, 0) + reader.faults.length,
    blindSeconds: blindMs / 1_000,
    slowestAlertSeconds: mergeLatencies([reader.incidents]).max() / 1_000,
    saidSeconds: saidAfterMs === null ? null : saidAfterMs / 1_000,
    said,
  }
}

/** A wearer who has walked in has one incident, everybody else none. */
export function compareIncidents(
  published: readonly PublishedTag[],
  counts: ReadonlyMap<string, number>,
): Pick<FaultRow, 'entries' | 'lostIncidents' | 'doubledIncidents'> {
  const verdict = { entries: 0, lostIncidents: 0, doubledIncidents: 0 }
  for (const { id, enteredAt } of published) {
    const expected = enteredAt === null ? 0 : 1
    const raised = counts.get(id) ?? 0
    verdict.entries += expected
    verdict.lostIncidents += Math.max(0, expected - raised)
    verdict.doubledIncidents += Math.max(0, raised - expected)
  }
  return verdict
}

/**
 * The first answer tells a client what is open, which is no change: from its place on, everything must be told up to `newest`. What was
 * logged after that was asked for may still be on its way; of what came all the same, each must be right.
 */
function compareFrom(told: readonly Told[], log: readonly LoggedChange[], newest: bigint): number {
  const [first, ...rest] = told
  if (first === undefined) return log.length
  const after = BigInt(first.cursor)
  const last = BigInt(told.at(-1)?.cursor ?? first.cursor)
  const upTo = last > newest ? last : newest
  const { missed, doubled, wrong } = compareTold(
    [{ type: 'resumed', since: first.cursor, cursor: first.cursor, incidentIds: [] }, ...rest],
    log.filter(({ cursor }) => BigInt(cursor) > after && BigInt(cursor) <= upTo),
  )
  return missed + doubled + wrong
}
