import type { Judgement } from '@cordon/contract'
import type { WatchContext } from '../context/watch-context.ts'
import type { EpisodeView, Extent } from './episode-view.ts'
import { disprove, extentOf, idOf, isOtherwise, isSame, overlapMs, type Said, sayOf, type Told } from './told.ts'

export interface MatchOptions {
  readonly context: WatchContext
  /** Episodes that were under way where the judging began: those that did not change are not among the views. */
  readonly known: readonly Extent[]
  /** Where the judging began, epoch ms; null: at the very beginning. */
  readonly settledAt: number | null
}

/** An incident or visit on record, by what it is about and its extent. */
interface Recorded extends Extent {
  readonly said: Said
}

/** What is otherwise than it is on record. An episode keeps the incident that is on record for its time. */
export function matchRecorded(
  views: readonly EpisodeView[],
  recorded: readonly Said[],
  { context, known, settledAt }: MatchOptions,
): { readonly judgements: readonly Judgement[]; readonly told: readonly Told[] } {
  const records = recorded.map(toRecorded)
  const matches = pair(views, records)
  const told: Told[] = []
  const judgements: Judgement[] = []
  for (const view of views) {
    const record = matches.get(view)
    const said = sayOf(view, context, record)
    if (record === undefined || isOtherwise(record.said, said) || isMore(record.said, said)) judgements.push(said)
    const { subject, beganAt, endedAt } = view
    told.push({ subject, beganAt, endedAt, said, toldAt: endedAt ?? beganAt })
  }
  const paired = new Set(matches.values())
  for (const record of records) {
    if (paired.has(record) || isWithdrawn(record.said) || isSettled(record, settledAt)) continue
    if (known.some(extent => isSame(extent, record) && !views.some(view => isSame(view, extent)))) continue
    const other = views.find(view => isSame(view, record))
    judgements.push(other === undefined ? disprove(record.said) : join(record.said))
  }
  return { judgements, told }
}

const toRecorded = (said: Said): Recorded => ({ ...extentOf(said), subject: idOf(said).split(':')[1] ?? '', said })

/** First those that began together, then by the time in common: each record belongs to at most one episode. */
function pair(views: readonly EpisodeView[], records: readonly Recorded[]): Map<EpisodeView, Recorded> {
  const matches = new Map<EpisodeView, Recorded>()
  const free = new Set(records)
  const take = (view: EpisodeView, record: Recorded | undefined) => {
    if (record === undefined) return
    matches.set(view, record)
    free.delete(record)
  }
  for (const view of views) {
    take(
      view,
      [...free].find(({ subject, beganAt }) => subject === view.subject && beganAt === view.beganAt),
    )
  }
  for (const view of views) {
    if (matches.has(view)) continue
    const overlapping = [...free].filter(record => isSame(record, view))
    take(view, overlapping.sort((a, b) => rankOf(a, view) - rankOf(b, view))[0])
  }
  return matches
}

/** Those that hold before those that were taken back, the longest in common first. */
const rankOf = (record: Recorded, view: EpisodeView): number =>
  (isWithdrawn(record.said) ? 1e15 : 0) - Math.min(overlapMs(record, view), 1e14)

const isWithdrawn = (said: Said): boolean =>
  said.type === 'visit' ? said.disproved : said.conclusion === 'disproved' || said.conclusion === 'joined'

/** It had ended before the stretch that was judged. */
const isSettled = ({ endedAt }: Extent, settledAt: number | null): boolean =>
  settledAt !== null && endedAt !== null && endedAt <= settledAt

/** Of an episode that is over the record holds how deep and how long it was, and on what it was judged. */
function isMore(a: Said, b: Said): boolean {
  return extentOf(b).endedAt !== null && factsOf(a) !== factsOf(b)
}

function factsOf({ reason: { text: _text, fixes: _fixes, ...facts } }: Said): string {
  return JSON.stringify(Object.entries(facts).sort(([x], [y]) => (x < y ? -1 : 1)))
}

function join(said: Said): Judgement {
  const joined = disprove(said, 'Part of another incident, as fixes show that came later')
  return joined.type === 'incident' ? { ...joined, conclusion: 'joined' } : joined
}
