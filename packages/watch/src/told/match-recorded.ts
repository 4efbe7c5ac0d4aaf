import type { Judgement } from '@cordon/contract'
import type { WatchContext } from '../context/watch-context.ts'
import type { EpisodeView, Extent } from './episode-view.ts'
import {
  disprove,
  extentOf,
  idOf,
  isMore,
  isOtherwise,
  isSame,
  overlapMs,
  type Said,
  sayOf,
  type Telling,
  type Told,
  withRenamed,
} from './told.ts'

export interface MatchOptions {
  readonly context: WatchContext
  /** Where the judging began, epoch ms; null: at the very beginning. */
  readonly settledAt: number | null
  /** The last fix that was believed by then: a transit after it was not known yet. */
  readonly passedAt: number | null
  /** Ids that name another beginning than that of their episode. */
  readonly renamed: readonly string[]
}

/** An incident or visit on record, by what it is about and its extent. */
interface Recorded extends Extent {
  readonly said: Said
}

/** What is otherwise than it is on record. An episode keeps the incident that is on record for its time. */
export function matchRecorded(
  views: readonly EpisodeView[],
  recorded: readonly Said[],
  { context, renamed: before, ...start }: MatchOptions,
): Telling & { readonly judgements: readonly Judgement[] } {
  const records = recorded.map(toRecorded)
  const matches = pair(views, records)
  const told: Told[] = []
  const judgements: Judgement[] = []
  const ids = recorded.map(idOf)
  let renamed = before
  for (const view of views) {
    const record = matches.get(view)
    const now = sayOf(view, context, { known: record, taken: () => [...ids, ...renamed] })
    if (record === undefined) ids.push(idOf(now))
    renamed = withRenamed(renamed, now)
    const isNews = record === undefined || isOtherwise(record.said, now) || isMore(record.said, now)
    if (isNews) judgements.push(now)
    const { subject, beganAt, endedAt } = view
    told.push({ subject, beganAt, endedAt, said: isNews ? now : record.said, toldAt: endedAt ?? beganAt })
  }
  const paired = new Set(matches.values())
  for (const record of records) {
    if (paired.has(record) || isWithdrawn(record.said) || isSettled(record, start)) continue
    const other = views.find(view => isSame(view, record))
    judgements.push(other === undefined ? disprove(record.said) : join(record.said))
  }
  return { judgements, told, renamed }
}

function toRecorded(said: Said): Recorded {
  const id = idOf(said)
  return { ...extentOf(said), subject: id.slice(id.indexOf(':') + 1, id.lastIndexOf(':')), said }
}

/**
 * Each record belongs to at most one episode: first those that hold, then those that were taken back and turn out true after all;
 * among either, first those that began together, then by the time in common.
 */
function pair(views: readonly EpisodeView[], records: readonly Recorded[]): Map<EpisodeView, Recorded> {
  const matches = new Map<EpisodeView, Recorded>()
  for (const isTaken of [false, true]) {
    const free = new Set(records.filter(({ said }) => isWithdrawn(said) === isTaken))
    for (const find of [beganWith, longestWith]) {
      for (const view of views) {
        const record = matches.has(view) ? undefined : find(view, [...free])
        if (record === undefined) continue
        matches.set(view, record)
        free.delete(record)
      }
    }
  }
  return matches
}

const beganWith = (view: EpisodeView, free: readonly Recorded[]): Recorded | undefined =>
  free.find(({ subject, beganAt }) => subject === view.subject && beganAt === view.beganAt)

function longestWith(view: EpisodeView, free: readonly Recorded[]): Recorded | undefined {
  const lengthOf = (record: Recorded) => Math.min(overlapMs(record, view), Number.MAX_VALUE)
  return free.filter(record => isSame(record, view)).sort((a, b) => lengthOf(b) - lengthOf(a))[0]
}

const isWithdrawn = (said: Said): boolean =>
  said.type === 'visit' ? said.disproved : said.conclusion === 'disproved' || said.conclusion === 'joined'

/** It had ended before the stretch that was judged. */
function isSettled(
  { endedAt, said }: Recorded,
  { settledAt, passedAt }: Pick<MatchOptions, 'settledAt' | 'passedAt'>,
): boolean {
  const isTransit = said.type === 'incident' && said.kind === 'possible-transit'
  const at = isTransit ? passedAt : settledAt
  return at !== null && endedAt !== null && endedAt <= at
}

function join(said: Said): Judgement {
  const joined = disprove(said, 'Part of another incident, as fixes show that came later')
  return joined.type === 'incident' ? { ...joined, conclusion: 'joined' } : joined
}
