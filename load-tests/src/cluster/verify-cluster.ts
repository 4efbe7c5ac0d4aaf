import { sleep } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import type { PublishedTag } from '../generator/messages.ts'
import type { ToldLog } from '../reader/create-told-log.ts'
import { compareFixes } from '../verify/compare-fixes.ts'
import { compareTold } from '../verify/compare-told.ts'
import { readIncidentCounts, readKept, readLog, readOtherCounts } from '../verify/read-kept.ts'
import type { Check } from '../verify/verify.ts'
import type { ClusterEvent } from './events.ts'

const TOLD_MS = 60_000

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
    verifyEvents('the partitions were shared evenly after each event', events, ({ takeoverMs }) => takeoverMs),
    verifyEvents('every partition went on after each event', events, ({ goesOnMs }) => goesOnMs),
  ]
}

function verifyEvents(name: string, events: readonly ClusterEvent[], msOf: (event: ClusterEvent) => number): Check {
  const never = events.filter(event => Number.isNaN(msOf(event))).map(event => event.name)
  const isMet = never.length === 0 && events.length > 0
  return { name, isMet, detail: isMet ? `${events.length} events` : `not after: ${never.join('; ')}` }
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
  const { changes, reports } = await readTold(store, logs)
  const verdicts = reports.map(({ told }) => compareTold(told, changes))
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

/** The log and what each client was told by then: once the last change of the log has come to all of them, or never will. */
async function readTold(store: Store, logs: readonly ToldLog[]) {
  for (const deadline = Date.now() + TOLD_MS; ; await sleep(500)) {
    const changes = await readLog(store)
    const reports = logs.map(log => log.report())
    const last = changes.at(-1)?.cursor ?? '0'
    if (reports.every(({ cursor }) => cursor === last) || Date.now() > deadline) return { changes, reports }
  }
}
