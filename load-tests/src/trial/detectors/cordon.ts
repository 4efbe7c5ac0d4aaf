import type { PolicySettings } from '@cordon/contract'
import { emptyState, judge, judgeAll, type Observation, type WatchContext, type WatchState } from '@cordon/watch'
import type { Scenario } from '../scenario.ts'
import type { Arrival } from '../way/deliver.ts'
import { contextOf } from './cordon-context.ts'
import { createRecord, type Record } from './cordon-record.ts'
import { createObservationStore, type ObservationStore, rejudgeLate } from './cordon-store.ts'
import type { Detector } from './detector.ts'

/** The service's clock ticks every minute, and half an hour beyond the end of the scenario. */
const TICK_MS = 60_000
const AFTERWARDS_MS = 30 * 60_000

interface Watch {
  state: WatchState
  readonly context: WatchContext
  readonly store: ObservationStore
  readonly record: Record
}

/** Our engine as ingest runs it: batches as they arrive, a tick a minute, and what came late judged again from what is stored. */
export function prepareCordon(scenario: Scenario, settings: Partial<PolicySettings>): Detector {
  const context = contextOf(scenario, settings)
  const endsAt = scenario.startsAt + scenario.way.endS * 1_000 + AFTERWARDS_MS
  return arrivals => {
    const watch: Watch = { state: emptyState(), context, store: createObservationStore(), record: createRecord() }
    let tickAt = scenario.startsAt
    for (const batch of inBatches(arrivals)) {
      const at = batch[0]?.at ?? tickAt
      for (; tickAt <= at; tickAt += TICK_MS) tick(watch, tickAt)
      take(watch, batch, at)
    }
    for (; tickAt <= endsAt; tickAt += TICK_MS) tick(watch, tickAt)
    return watch.record.verdict()
  }
}

/** What arrives within one second is one batch. */
function inBatches(arrivals: readonly Arrival[]): Arrival[][] {
  const batches: Arrival[][] = []
  let second = Number.NaN
  for (const arrival of arrivals) {
    if (Math.floor(arrival.at / 1_000) !== second) batches.push([])
    second = Math.floor(arrival.at / 1_000)
    batches.at(-1)?.push(arrival)
  }
  return batches
}

function tick(watch: Watch, at: number): void {
  const { state, judgements } = judge(watch.state, { type: 'tick', at, listening: true }, watch.context)
  watch.state = state
  watch.record.write(judgements, at)
}

function take(watch: Watch, observations: readonly Observation[], at: number): void {
  const { store, context, record } = watch
  const isNews = store.add(observations, watch.state.timeline)
  const { state, judgements } = judgeAll(watch.state, observations, context)
  watch.state = state
  record.write(judgements, at)
  if (state.rewindFrom === null) return
  // what the store has already is a repeat, however old: nothing to judge again
  watch.state = isNews ? rejudgeLate(state, { store, context, record, at }) : { ...state, rewindFrom: null }
}
