import type { ConditionId, Judgement } from '@cordon/contract'
import { refusalOf } from './admission.ts'
import { longestGraceMs, type WatchContext } from './context/watch-context.ts'
import type { WatchState } from './state.ts'
import { advance, extentsOf, type FoldParts, observe, viewsOf } from './timeline/fold.ts'
import { isUsable, keyOf, measuredAtOf, type Observation, sortObservations } from './timeline/observation.ts'
import { emptyTimeline, placeOf, type Timeline } from './timeline/timeline.ts'
import type { EpisodeView, Extent } from './told/episode-view.ts'
import { matchRecorded } from './told/match-recorded.ts'
import { isOne, isSame, type Said, SILENCE, type Told } from './told/told.ts'

export interface Rejudgement {
  /** A timeline that ended before the oldest observation that was late; null for the beginning of the activation. */
  readonly from: Timeline | null
  /** Everything stored that was measured at or after its end, in any order. */
  readonly observations: readonly Observation[]
  /** What is on record of incidents and visits that ended at or after `recordedSince`, or are open; without silence. */
  readonly recorded: readonly Said[]
  readonly state: WatchState
  readonly context: WatchContext
}

export interface Checkpoint {
  readonly at: number
  readonly timeline: Timeline
}

export interface Rejudged {
  readonly state: WatchState
  /** What is otherwise than it is on record, and the near misses and impossible jumps of the stretch, all of them. */
  readonly judgements: readonly Judgement[]
  readonly checkpoints: readonly Checkpoint[]
  /** Near misses and impossible jumps from here on are told anew, epoch ms. */
  readonly replacedFrom: number
  /** So are these, which were under way there. */
  readonly replacedNear: readonly { readonly conditionId: ConditionId; readonly from: number }[]
}

const CHECKPOINT_MS = 3_600_000

/** A timeline is kept about every hour of measured time, so that what comes late has somewhere to start from. */
export const isCheckpointDue = (at: number | null, next: number | null): at is number =>
  at !== null && next !== null && Math.floor(at / CHECKPOINT_MS) < Math.floor(next / CHECKPOINT_MS)

/**
 * From when on what ended is needed from the record to judge on from a timeline, epoch ms. An incident that was under way ends at its
 * last fix inside, which may lie before; one that had just ended may be joined by what comes after; and what the clock raises, or a
 * transit, has begun some time before it is known.
 */
export function recordedSince(from: Timeline, context: WatchContext): number {
  if (from.at === null) return Number.NEGATIVE_INFINITY
  const begun = extentsOf(from).map(({ beganAt }) => beganAt)
  return Math.min(from.at - longestGraceMs(context), from.last?.at ?? from.at, ...begun)
}

/**
 * Judges a stretch of the timeline again, with everything that is now known of it, and says what is otherwise than on record: raised
 * (late), changed, ended, or disproved. With nothing new it says nothing: that is how stored judgements are checked.
 */
export function rejudge({ from, observations, recorded, state, context }: Rejudgement): Rejudged {
  const start = from ?? emptyTimeline
  const collected = collect(context)
  // what was under way at the start may come out otherwise than it is on record without anything more being told of it
  for (const view of viewsOf(start, context)) collected.parts.tell.episode(view)
  // the one that was begun from stays: it is replaced by itself
  const checkpoints: Checkpoint[] = start.at === null ? [] : [{ at: start.at, timeline: start }]
  let timeline = start
  for (const observation of sortObservations(observations.filter(isUsable))) {
    if (refusalOf(observation, context) !== undefined || placeOf(keyOf(observation), timeline) !== 'next') continue
    if (timeline !== start && isCheckpointDue(timeline.at, measuredAtOf(observation)))
      checkpoints.push({ at: timeline.at, timeline })
    timeline = observe(timeline, observation, collected.parts)
  }
  const record = collected.nearMissesAndJumps.slice()
  const view = state.clock === null ? timeline : advance(timeline, state.clock, collected.parts)
  const { judgements, told, renamed } = matchRecorded(collected.views(), recorded, {
    context,
    settledAt: start.at,
    passedAt: start.last?.at ?? null,
    renamed: state.renamed,
  })
  const alive = [...extentsOf(timeline), ...extentsOf(view)]
  const kept = [...told, ...state.told.filter(entry => isKept(entry, told))].filter(entry =>
    isAlive(entry, alive, timeline.at),
  )
  return {
    state: { ...state, timeline, told: kept, renamed, rewindFrom: null },
    judgements: [...judgements, ...record],
    checkpoints,
    replacedFrom: start.at ?? context.activation.from,
    replacedNear: start.zones.flatMap(({ conditionId, near }) =>
      near === null ? [] : [{ conditionId, from: near.from }],
    ),
  }
}

/** Silence, which is not judged here, and what goes on of which nothing was said again. */
const isKept = (entry: Told, told: readonly Told[]): boolean => !told.some(other => isSame(entry, other))

function isAlive(entry: Told, alive: readonly Extent[], at: number | null): boolean {
  if (entry.subject === SILENCE || alive.some(extent => isOne(extent, entry))) return true
  return entry.endedAt !== null && (at === null || at < entry.endedAt)
}

/** Keeps the last view of each episode, and all that is not an episode. */
function collect(context: WatchContext): {
  readonly parts: FoldParts
  readonly views: () => readonly EpisodeView[]
  readonly nearMissesAndJumps: readonly Judgement[]
} {
  const views = new Map<string, EpisodeView>()
  const nearMissesAndJumps: Judgement[] = []
  const tell = {
    episode: (view: EpisodeView) => void views.set(`${view.subject}:${view.beganAt}`, view),
    nearMiss: (judgement: Judgement) => void nearMissesAndJumps.push(judgement),
    setAside: (judgement: Judgement) => void nearMissesAndJumps.push(judgement),
  }
  return { parts: { context, tell }, views: () => [...views.values()], nearMissesAndJumps }
}
