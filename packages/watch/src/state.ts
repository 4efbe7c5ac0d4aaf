import { neverHeard, type SilenceState } from './supervision/silence.ts'
import { emptyTimeline, type Timeline } from './timeline/timeline.ts'
import type { Telling } from './told/told.ts'

/** What the engine remembers of one activation: plain JSON, without a clock of its own. Typically 0.3 to 1.5 kB. */
export interface WatchState extends Telling {
  /** Of the shape of this state. A state of another version is not read but replayed from what is stored. */
  readonly version: 2
  readonly timeline: Timeline
  /** The newest tick, epoch ms; null before the first. */
  readonly clock: number | null
  /**
   * From when on the timeline has to be judged again, because something came too late to be judged in its place: some time before
   * the oldest of it, for what the clock told of then had begun earlier. null when nothing did.
   */
  readonly rewindFrom: number | null
  readonly silence: SilenceState
}

const EMPTY: WatchState = {
  version: 2,
  timeline: emptyTimeline,
  told: [],
  renamed: [],
  clock: null,
  rewindFrom: null,
  silence: neverHeard,
}

export const emptyState = (): WatchState => EMPTY

/** Time of the newest judged observation, null before the first: a replay goes on with what is stored from there. */
export const judgedThrough = (state: WatchState): number | null => state.timeline.at
