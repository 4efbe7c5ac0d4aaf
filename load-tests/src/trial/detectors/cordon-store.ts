import {
  type Checkpoint,
  isCheckpointDue,
  type Observation,
  rejudge,
  type Timeline,
  type WatchContext,
  type WatchState,
} from '@cordon/watch'
import type { Record } from './cordon-record.ts'

/** What the database would hold of one activation: observations once each, and a timeline about every hour. */
export interface ObservationStore {
  /** Whether any of them was not there. */
  add(observations: readonly Observation[], timeline: Timeline): boolean
  since(at: number | null): readonly Observation[]
  /** The last before that time; those from there on are of no more use. */
  checkpointBefore(at: number): Timeline | null
  keep(checkpoints: readonly Checkpoint[]): void
}

const timeOf = (observation: Observation): number =>
  observation.type === 'fix' ? observation.fix.measuredAt : observation.event.measuredAt

/** A tag numbers fixes and events in one sequence, and never twice. */
const seqOf = (observation: Observation): number =>
  observation.type === 'fix' ? observation.fix.seq : observation.event.seq

export function createObservationStore(): ObservationStore {
  const known = new Map<number, Observation>()
  let checkpoints: Checkpoint[] = []
  return {
    add(observations, timeline) {
      const before = known.size
      for (const observation of observations) {
        if (isCheckpointDue(timeline.at, timeOf(observation))) checkpoints.push({ at: timeline.at, timeline })
        const seq = seqOf(observation)
        if (!known.has(seq)) known.set(seq, observation)
      }
      return known.size > before
    },
    since: at => [...known.values()].filter(observation => at === null || timeOf(observation) >= at),
    checkpointBefore(at) {
      checkpoints = checkpoints.filter(checkpoint => checkpoint.at < at)
      return checkpoints.at(-1)?.timeline ?? null
    },
    keep(fresh) {
      checkpoints = [...checkpoints, ...fresh].sort((a, b) => a.at - b.at)
    },
  }
}

interface Scene {
  readonly store: ObservationStore
  readonly context: WatchContext
  readonly record: Record
  readonly at: number
}

/** Judges the stretch again that late observations fall into. */
export function rejudgeLate(state: WatchState, { store, context, record, at }: Scene): WatchState {
  const from = state.rewindFrom === null ? null : store.checkpointBefore(state.rewindFrom)
  const since = from?.at ?? null
  const recorded = record.openSince(since)
  const rejudged = rejudge({ from, observations: store.since(since), recorded, state, context })
  store.keep(rejudged.checkpoints)
  record.replaceNearMisses(rejudged.replacedFrom)
  record.write(rejudged.judgements, at)
  return rejudged.state
}
