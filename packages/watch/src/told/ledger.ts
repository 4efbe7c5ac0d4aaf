import type { Judgement, NearMiss, SetAside } from '@cordon/contract'
import type { WatchContext } from '../context/watch-context.ts'
import type { EpisodeView, Extent } from './episode-view.ts'
import {
  disprove,
  extentOf,
  fateOf,
  idOf,
  indexOf,
  isMore,
  isNews,
  isNothingNew,
  isOne,
  SILENCE,
  sayOf,
  type Telling,
  type Told,
  withRenamed,
} from './told.ts'

const NOTHING: readonly Judgement[] = []

/** What had been told, and how far the timeline went. */
type Before = Telling & { readonly timeline: { readonly at: number | null } }

/**
 * The episodes that were told: what comes in as a view goes out as what is new of it. One is opened for every fix and every tick and
 * hardly ever written to; so it is a class without closures, which copies nothing before there is something to write.
 */
export class Ledger {
  private readonly before: Before
  private readonly context: WatchContext
  private entries: Told[] | undefined
  private renamed: readonly string[]
  private fresh: Set<Told> | undefined
  private said: Judgement[] | undefined

  constructor(before: Before, context: WatchContext) {
    this.before = before
    this.context = context
    this.entries = undefined
    this.renamed = before.renamed
    this.fresh = undefined
    this.said = undefined
  }

  get judgements(): readonly Judgement[] {
    return this.said ?? NOTHING
  }

  get told(): readonly Told[] {
    return this.entries ?? this.before.told
  }

  /** What is to be remembered: the very object that was passed in when nothing has changed. */
  get telling(): Telling {
    return this.entries === undefined ? this.before : { told: this.entries, renamed: this.renamed }
  }

  /**
   * What a fold comes to is so at the moment that it has reached. Of what the clock has ended at a later moment it is not said that it
   * goes on: a backlog that comes in order would say so with every fix, and the clock after it that it has ended.
   */
  episode(view: EpisodeView): void {
    const place = indexOf(this.told, view)
    const entry = this.told[place]
    if (entry === undefined || view.endedAt !== null || !this.isForeseen(entry)) {
      this.tell(view, view.endedAt ?? view.happenedAt, 'all')
    } else {
      this.put(place, { ...entry, beganAt: view.beganAt, endedAt: null })
    }
  }

  /** Told as ended at a moment that the timeline had not come to. */
  private isForeseen({ said }: Told): boolean {
    const { endedAt } = extentOf(said)
    return endedAt !== null && endedAt > (this.before.timeline.at ?? endedAt)
  }

  nearMiss(nearMiss: NearMiss): void {
    this.say(nearMiss)
  }

  setAside(aside: SetAside): void {
    this.say(aside)
  }

  /** `at`: the moment of the timeline at which it is so. `all`: also how deep and how long something was that is over. */
  tell(view: EpisodeView, at: number, what: 'all' | 'news' = 'news'): void {
    const entries = this.told
    const place = indexOf(entries, view)
    const entry = entries[place]
    if (
      entry?.beganAt === view.beganAt &&
      entry.endedAt === null &&
      isNothingNew(entry, view, this.context.policies.at(at))
    ) {
      this.freshen(entry)
      return
    }
    const said = sayOf(view, this.context, {
      known: entry,
      taken: () => [...entries.map(({ said: one }) => idOf(one)), ...this.renamed],
    })
    if (entry?.beganAt !== view.beganAt) this.renamed = withRenamed(this.renamed, said)
    const extent = { subject: view.subject, beganAt: view.beganAt, endedAt: view.endedAt }
    const isMoreToo = what === 'all' && entry !== undefined && isMore(entry.said, said)
    if (entry !== undefined && !isMoreToo && !isNews(entry, said, this.context.policies.at(at))) {
      this.put(place, { ...extent, said: entry.said, toldAt: entry.toldAt })
      return
    }
    this.say(said)
    this.put(entry === undefined ? entries.length : place, { ...extent, said, toldAt: at })
  }

  /**
   * Holds what was told against what is so. Told, but not so and not said just now: disproved. Told and ended: kept until the
   * timeline itself has passed that end, for until then only the clock has said so, and says it again every time.
   */
  reconcile(alive: readonly Extent[], timeline: { readonly before: number | null; readonly now: number | null }): void {
    for (const entry of [...this.told]) {
      if (entry.subject === SILENCE) {
        if (entry.endedAt !== null) this.drop(entry)
      } else if (!alive.some(extent => isOne(extent, entry))) {
        const fate = fateOf(entry, this.fresh?.has(entry) === true, timeline)
        if (fate === 'disproved') this.say(disprove(entry.said))
        if (fate !== 'kept') this.drop(entry)
      }
    }
  }

  private say(judgement: Judgement): void {
    this.said ??= []
    this.said.push(judgement)
  }

  private put(at: number, entry: Told): void {
    this.entries ??= [...this.before.told]
    const before = this.entries[at]
    if (before !== undefined) this.fresh?.delete(before)
    this.entries[at] = entry
    this.freshen(entry)
  }

  private freshen(entry: Told): void {
    this.fresh ??= new Set()
    this.fresh.add(entry)
  }

  private drop(entry: Told): void {
    this.entries ??= [...this.before.told]
    this.entries.splice(this.entries.indexOf(entry), 1)
  }
}
