import type { IncidentJudgement, Judgement, NearMiss, SetAside, Visit } from '@cordon/contract'
import { isChainMoved } from '../chain/chain-moved.ts'
import { type FixesWay, openSeals, type Seals } from '../chain/open-seals.ts'
import type { Store, Transaction } from '../connection/store.ts'
import { isRetryable, isUniqueViolation } from '../connection/store-error.ts'
import type { Batch, Written, WrittenIncident } from './batch.ts'
import { deleteReplaced } from './delete-replaced.ts'
import { insertAcks } from './insert-acks.ts'
import { insertAsideFixes } from './insert-aside-fixes.ts'
import { insertEvents } from './insert-events.ts'
import { insertSetAside } from './insert-set-aside.ts'
import { upsertCheckpoints } from './upsert-checkpoints.ts'
import { upsertIncidents } from './upsert-incidents.ts'
import { upsertNearMisses } from './upsert-near-misses.ts'
import { upsertQuarantine } from './upsert-quarantine.ts'
import { upsertStatuses } from './upsert-statuses.ts'
import { upsertVisits } from './upsert-visits.ts'
import { upsertWatchStates } from './upsert-watch-states.ts'

/** Another process of the same name does not wait for the one that tries again, which can come too late several times in a row. */
const ATTEMPTS = 8

/**
 * Writes all of a batch or nothing, in one transaction of two round trips: every statement travels at once, then COMMIT. The same
 * batch again changes nothing, so a caller that lost the answer writes it again. What is written is sealed in the writer's chains; the
 * first fix of an activation takes a third round trip for its secret.
 *
 * Rejects with `database-unavailable`, `timed-out`, or PostgreSQL's error for data that cannot be stored. Two processes that write
 * the same rows at once can deadlock; PostgreSQL ends one of the two transactions, and that one is tried again here. So is one
 * that found its chain longer than it knew: a COMMIT whose answer was lost, or another process of the same name.
 */
export async function writeBatch(store: Store, batch: Batch): Promise<Written> {
  const { chain, copyGate } = store
  for (let attempt = 1; ; attempt++) {
    const way = attempt === 1 && copyGate.isOpen(batch.fixes.length) ? 'copy' : 'insert'
    try {
      let seals = await openSeals(chain, batch)
      const written = await store.transaction(async inside => {
        if (attempt > 1) {
          await chain.settle(inside)
          seals = await openSeals(chain, batch)
        }
        await seals.prepare(inside)
        return writeParts(inside, batch, { seals, way })
      })
      seals.committed()
      if (written.newFixes === batch.fixes.length) copyGate.passed()
      else copyGate.shut()
      return written
    } catch (error) {
      const isExpected = isChainMoved(error) || (way === 'copy' && isUniqueViolation(error))
      if (isExpected) chain.reread()
      else chain.forget()
      copyGate.shut()
      const mayTryAgain = isExpected || isRetryable(error)
      if (attempt === ATTEMPTS || !mayTryAgain) throw error
    }
  }
}

interface WriteOptions {
  readonly seals: Seals
  readonly way: FixesWay
}

/** What is replaced goes before what replaces it. Incidents last: they take the lock of the incident log, which every other writer of incidents waits for. */
async function writeParts(inside: Transaction, batch: Batch, { seals, way }: WriteOptions): Promise<Written> {
  const { incidents, nearMisses, setAside, visits } = sortJudgements(batch.judgements)
  const { records } = seals
  const parts = [
    some(batch.replacedFrom, replaced => deleteReplaced(inside, records, replaced)),
    some(batch.aside, aside => insertAsideFixes(inside, records, aside)),
    some(batch.events, events => insertEvents(inside, records, events)),
    some(batch.statuses, statuses => upsertStatuses(inside, statuses)),
    some(batch.acks, acks => insertAcks(inside, acks)),
    some(batch.quarantine, items => upsertQuarantine(inside, items)),
    some(setAside, judgements => insertSetAside(inside, records, judgements)),
    some(nearMisses, judgements => upsertNearMisses(inside, records, judgements)),
    some(visits, judgements => upsertVisits(inside, records, judgements)),
    some(batch.checkpoints, checkpoints => upsertCheckpoints(inside, checkpoints)),
    some(batch.watchStates, states => upsertWatchStates(inside, states)),
    seals.sealRecords(inside),
  ]
  const [newFixes, written] = await Promise.all([
    some(batch.fixes, () => seals.writeFixes(inside, way)),
    some(incidents, judgements => upsertIncidents(inside, judgements)),
    ...parts,
  ])
  return toWritten(newFixes ?? 0, written ?? [])
}

function toWritten(newFixes: number, incidents: readonly WrittenIncident[]): Written {
  return { newFixes, incidents, incidentCursor: incidents.at(-1)?.cursor ?? null }
}

/** Most parts of most batches are empty: those cost no statement. */
function some<Row, T>(rows: readonly Row[], write: (rows: readonly Row[]) => Promise<T>): Promise<T> | undefined {
  return rows.length === 0 ? undefined : write(rows)
}

interface SortedJudgements {
  readonly incidents: IncidentJudgement[]
  readonly nearMisses: NearMiss[]
  readonly setAside: SetAside[]
  readonly visits: Visit[]
}

function sortJudgements(judgements: readonly Judgement[]): SortedJudgements {
  const sorted: SortedJudgements = { incidents: [], nearMisses: [], setAside: [], visits: [] }
  for (const judgement of judgements) {
    switch (judgement.type) {
      case 'incident':
        sorted.incidents.push(judgement)
        break
      case 'near-miss':
        sorted.nearMisses.push(judgement)
        break
      case 'visit':
        sorted.visits.push(judgement)
        break
      case 'set-aside':
        sorted.setAside.push(judgement)
        break
    }
  }
  return sorted
}
