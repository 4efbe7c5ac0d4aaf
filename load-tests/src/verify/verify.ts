import type { Store } from '@cordon/store'
import type { PublishedTag } from '../generator/messages.ts'
import type { ReaderReport } from '../reader/messages.ts'
import { compareFixes } from './compare-fixes.ts'
import { compareTold } from './compare-told.ts'
import { readIncidentCounts, readKept, readLog, readOtherCounts } from './read-kept.ts'

/** One thing that must hold whatever the load. */
export interface Check {
  readonly name: string
  readonly isMet: boolean
  readonly detail: string
}

export interface Evidence {
  readonly store: Store
  readonly published: readonly PublishedTag[]
  readonly reader: ReaderReport
  /** Connections that were lost and the like. */
  readonly faults: readonly string[]
}

/** Holds database and socket against what the tags published. */
export async function verify(evidence: Evidence): Promise<readonly Check[]> {
  return [
    await verifyFixes(evidence),
    ...(await verifyOthers(evidence)),
    await verifyIncidents(evidence),
    await verifyTold(evidence),
    verifyFaults(evidence),
  ]
}

async function verifyFixes({ store, published }: Evidence): Promise<Check> {
  const { acknowledged, kept, lost, doubled } = compareFixes(published, await readKept(store, published))
  const unacknowledged = published.reduce((sum, tag) => sum + tag.unacknowledged.length, 0)
  return {
    name: 'every acknowledged fix is in the database exactly once',
    isMet: lost === 0 && doubled === 0 && acknowledged > 0,
    detail: `${acknowledged} acknowledged, ${kept} kept, ${lost} lost, ${doubled} doubled; ${unacknowledged} never acknowledged`,
  }
}

async function verifyOthers({ store, published }: Evidence): Promise<readonly Check[]> {
  const { quarantined, aside } = await readOtherCounts(store)
  const malformed = published.reduce((sum, tag) => sum + tag.malformed, 0)
  return [
    {
      name: 'every malformed message is in quarantine, nothing else is',
      isMet: quarantined === malformed,
      detail: `${malformed} acknowledged, ${quarantined} in quarantine`,
    },
    { name: 'every fix was judged in its place', isMet: aside === 0, detail: `${aside} set aside` },
  ]
}

async function verifyIncidents({ store, published }: Evidence): Promise<Check> {
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

async function verifyTold({ store, reader }: Evidence): Promise<Check> {
  const log = await readLog(store)
  const { told, missed, doubled, wrong } = compareTold(reader.told, log)
  return {
    name: 'the socket was told every incident change exactly once, in order',
    isMet: missed + doubled + wrong === 0 && told === log.length,
    detail: `${log.length} changes, ${told} told, ${missed} missed, ${doubled} doubled, ${wrong} wrong; ${reader.reconnects} reconnects`,
  }
}

function verifyFaults({ faults, reader }: Evidence): Check {
  const all = [...faults, ...reader.faults]
  return {
    name: 'nobody’s connection to the broker was lost, nothing was refused',
    isMet: all.length === 0,
    detail: all.length === 0 ? 'no fault' : `${all.length} faults, the first: ${all[0]}`,
  }
}
