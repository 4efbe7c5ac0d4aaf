import type { Store } from '@cordon/store'
import type { PublishedTag } from '../generator/messages.ts'
import type { ToldLog } from '../reader/create-told-log.ts'
import { compareFixes } from '../verify/compare-fixes.ts'
import { compareTold } from '../verify/compare-told.ts'
import { readIncidentCounts, readKept, readLog, readOtherCounts } from '../verify/read-kept.ts'
import type { Check } from '../verify/verify.ts'
import type { ClusterEvent } from './events.ts'

export interface ClusterEvidence {
  readonly store: Store
  readonly published: readonly PublishedTag[]
  readonly told: readonly ToldLog[]
  readonly events: readonly ClusterEvent[]
}

/** Holds the database and what clients were told against what the tags said, through everything that happened. */
export async function verifyCluster({ store, published, told, events }: ClusterEvidence): Promise<readonly Check[]> {
  const fixes = compareFixes(published, await readKept(store, published))
  const open = published.reduce((sum, { unacknowledged }) => sum + unacknowledged.length, 0)
  const disordered = await countDisordered(store)
  const { aside, quarantined } = await readOtherCounts(store)
  const never = events.filter(({ takeoverMs }) => Number.isNaN(takeoverMs)).map(({ name }) => name)
  return [
    {
      name: 'every acknowledged fix is in the database exactly once',
      isMet: fixes.lost + fixes.doubled === 0 && fixes.acknowledged > 0,
      detail: `${fixes.acknowledged} acknowledged, ${fixes.kept} kept, ${fixes.lost} lost, ${fixes.doubled} doubled; ${open} never acknowledged`,
    },
    await verifyIncidents(store, published),
    {
      name: 'the order of each tag’s fixes was kept',
      isMet: disordered === 0 && aside === 0,
      detail: `${disordered} received after a later one, ${aside} set aside`,
    },
    { name: 'nothing was refused', isMet: quarantined === 0, detail: `${quarantined} in quarantine` },
    await verifyTold(store, told),
    {
      name: 'the partitions were shared evenly after each event',
      isMet: never.length === 0,
      detail: never.length === 0 ? `${events.length} events` : `not after: ${never.join('; ')}`,
    },
  ]
}

async function verifyIncidents(store: Store, published: readonly PublishedTag[]): Promise<Check> {
  const counts = await readIncidentCounts(store)
  const entered = published.filter(({ enteredAt }) => enteredAt !== null)
  const right = entered.filter(({ id }) => counts.get(id) === 1).length
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return {
    name: 'every entry into a zone is exactly one incident, and there is no other',
    isMet: right === entered.length && all === right && right > 0,
    detail: `${entered.length} entries, ${right} with exactly one incident, ${all} incidents`,
  }
}

/** The first time that a fix was received stands in its row: along a tag's own numbers it never goes back. */
async function countDisordered(store: Store): Promise<number> {
  const [row] = await store.query<{ count: number }>(
    `select count(*)::int as count from (
       select received_at < lag(received_at) over (partition by activation_id order by seq) as is_back from fixes) as steps
      where is_back`,
  )
  return row?.count ?? 0
}

async function verifyTold(store: Store, logs: readonly ToldLog[]): Promise<Check> {
  const changes = await readLog(store)
  const verdicts = logs.map(log => compareTold(log.report().told, changes))
  return {
    name: 'the clients of each gateway were told every incident change exactly once, in order',
    isMet: verdicts.every(
      ({ told, missed, doubled, wrong }) => missed + doubled + wrong === 0 && told === changes.length,
    ),
    detail: verdicts
      .map(
        ({ told, missed, doubled, wrong }) =>
          `${told} of ${changes.length} told, ${missed} missed, ${doubled} doubled, ${wrong} wrong`,
      )
      .join('; '),
  }
}
