import type { DeviceEvent, Fix, Judgement } from '@cordon/contract'
import { refusalOf } from './admission.ts'
import { longestGraceMs, type WatchContext } from './context/watch-context.ts'
import type { WatchState } from './state.ts'
import { hear, listen, silenceView } from './supervision/silence.ts'
import { silenceContext } from './supervision/silence-context.ts'
import { advance, extentsOf, type FoldParts, isStill, observe, viewsOf } from './timeline/fold.ts'
import {
  isUsable,
  keyOf,
  measuredAtOf,
  type Observation,
  receivedAtOf,
  sortObservations,
} from './timeline/observation.ts'
import { placeOf } from './timeline/timeline.ts'
import { Ledger } from './told/ledger.ts'

/** A fix, a device event, or the time. */
export type WatchInput = Observation | Tick

/** The time by the service's clock, epoch ms, and whether reports could have come since the last one. */
export interface Tick {
  readonly type: 'tick'
  readonly at: number
  readonly listening: boolean
}

/** `state` is the very object that was passed in when nothing has changed. */
export interface WatchResult {
  readonly state: WatchState
  readonly judgements: readonly Judgement[]
}

/** The watch engine: one observation or one tick of the clock on from `state`. Pure and deterministic; never throws on a number. */
export function judge(state: WatchState, input: WatchInput, context: WatchContext): WatchResult {
  return input.type === 'tick' ? judgeTick(state, input, context) : judgeAll(state, [input], context)
}

/**
 * A batch, in the order of measurement, whatever order it came in. What is judged already changes nothing and is not spoken of.
 * What is older than the newest judged cannot be judged in its place from here: `rewindFrom` says so, and `rejudge` does it.
 */
export function judgeAll(state: WatchState, observations: readonly Observation[], context: WatchContext): WatchResult {
  const ledger = new Ledger(state, context)
  const parts: FoldParts = { context, tell: ledger }
  let { timeline, rewindFrom, silence } = state
  for (const observation of inOrder(observations)) {
    const place = placeOf(keyOf(observation), timeline)
    // read back from the store after a restart it is no new report
    const isNew = place !== 'repeat' || receivedAtOf(observation) > (silence.heardAt ?? Number.NEGATIVE_INFINITY)
    if (isNew) silence = hear(silence, receivedAtOf(observation))
    const refusal = refusalOf(observation, context)
    if (refusal !== undefined) {
      setAside(observation, refusal, { context, ledger })
      continue
    }
    const at = measuredAtOf(observation)
    switch (place) {
      case 'next':
        timeline = observe(timeline, observation, parts)
        break
      case 'late':
        rewindFrom = Math.min(rewindFrom ?? at, at - longestGraceMs(context))
        break
      case 'repeat':
        break
    }
  }
  const { version, told, renamed, clock } = state
  return settle(state, { version, timeline, told, renamed, clock, rewindFrom, silence }, { ledger, context })
}

/** Nearly always it is one fix. */
function inOrder(observations: readonly Observation[]): readonly Observation[] {
  return observations.every(isUsable) ? sortObservations(observations) : inOrder(observations.filter(isUsable))
}

export const wrapFix = (fix: Fix): Observation => ({ type: 'fix', fix })
export const wrapEvent = (event: DeviceEvent): Observation => ({ type: 'event', event })

function setAside(
  observation: Observation,
  reason: NonNullable<ReturnType<typeof refusalOf>>,
  { context, ledger }: { readonly context: WatchContext; readonly ledger: Ledger },
): void {
  if (observation.type !== 'fix') return
  const { measuredAt, seq } = observation.fix
  ledger.setAside({ type: 'set-aside', activationId: context.activation.activationId, measuredAt, seq, reason })
}

function judgeTick(state: WatchState, { at, listening }: Tick, context: WatchContext): WatchResult {
  if (!(Math.abs(at) <= 8e15)) return { state, judgements: [] }
  const ledger = new Ledger(state, context)
  const clock = state.clock === null ? at : Math.max(state.clock, at)
  const { state: silence, view } = listen(
    state.silence,
    { at, listening },
    silenceContext(context, { device: state.timeline.device, heardAt: state.silence.heardAt }, at),
  )
  if (view !== undefined) ledger.tell(view, at)
  const { version, timeline, told, renamed, rewindFrom } = state
  const next = { version, timeline, told, renamed, clock, rewindFrom, silence }
  return settle(state, next, { ledger, context })
}

/** Says what the clock has made of it by now, and takes back what is not so. */
function settle(
  before: WatchState,
  state: WatchState,
  { ledger, context }: { readonly ledger: Ledger; readonly context: WatchContext },
): WatchResult {
  const { timeline, clock, silence } = state
  // a tick a minute may say how long something came to be that the clock has ended, not every fix of a backlog
  const what = clock === before.clock ? 'news' : 'all'
  const silent = silence === before.silence ? undefined : silenceView(silence)
  if (silent !== undefined) ledger.tell(silent, silent.endedAt ?? silent.beganAt)
  if (ledger.told.length > 0 || timeline.zones.length > 0 || !isStill(timeline, clock, context)) {
    const view = clock === null ? timeline : advance(timeline, clock, { context, tell: byTheClock(ledger, what) })
    // what goes on may stand otherwise than the clock told of it, without anything having happened to it
    if (ledger.told.length > 0)
      for (const known of viewsOf(view, context)) ledger.tell(known, known.endedAt ?? known.happenedAt, what)
    const alive = [timeline, view].flatMap(extentsOf)
    ledger.reconcile(alive, { before: before.timeline.at, now: timeline.at })
  }
  const { told, renamed } = ledger.telling
  const isSame = told === state.told && renamed === state.renamed
  return { state: isSame ? state : { ...state, told, renamed }, judgements: ledger.judgements }
}

/** Near misses belong to the timeline: a view of the clock alone must not tell them. */
function byTheClock(ledger: Ledger, what: 'all' | 'news'): FoldParts['tell'] {
  return {
    episode: view => ledger.tell(view, view.endedAt ?? view.happenedAt, what),
    nearMiss: () => undefined,
    setAside: aside => ledger.setAside(aside),
  }
}
