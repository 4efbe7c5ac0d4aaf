import type { Risk, Severity } from '@cordon/contract'
import type { DeviceSubject } from '../device/device-state.ts'
import type { WatchPolicy } from '../policy/policy.ts'
import type { EpisodeView } from '../told/episode-view.ts'
import type { KnownSilence } from './known-silence.ts'
import { type ListeningState, listenOn, type Tick } from './listening.ts'
import { endSilent, type Silent, viewOfSilent } from './silent.ts'

/*
 *            quiet for as long as the plan allows            a report: `restored`
 *  heard ────────────────────────────────────────▶ silent ──────────────────────▶ heard
 *    ▲                                               │
 *    └──── while the silence is known ◀──────────────┘ it became known, or the activation ended: `lapsed`
 *
 * Only time in which the service was there to hear counts as quiet: see listening.ts. Silence goes by the clock of receipt, since a
 * tag that reports an old backlog is not silent; so it is no part of the timeline.
 */

export type SupervisionPlan = Pick<WatchPolicy, 'version' | 'fixIntervalMs' | 'uploadIntervalMs' | 'graceMs'>

/** Plain JSON. */
export interface SilenceState extends ListeningState {
  /** Under way, or ended since the last tick. */
  readonly silent: Silent | null
}

export interface SilenceContext {
  readonly plan: SupervisionPlan
  readonly risk: Risk
  readonly activation: { readonly from: number; readonly to: number | null }
  readonly known: KnownSilence | null
  /** What was wrong with the tag when it was last heard. */
  readonly after: DeviceSubject | null
}

export interface SilenceResult {
  readonly state: SilenceState
  /** The silence that is under way, or that ended with this tick. One that a report ended is in `silenceView` right after `hear`. */
  readonly view: EpisodeView | undefined
}

export const neverHeard: SilenceState = {
  heardAt: null,
  quietMs: 0,
  tickedAt: null,
  listenedAt: null,
  knownAt: null,
  silent: null,
}

/** Milliseconds within which a tag must be heard by its plan. */
export function allowedSilenceMs({ fixIntervalMs, uploadIntervalMs, graceMs }: SupervisionPlan): number {
  return Math.max(fixIntervalMs, uploadIntervalMs) + graceMs
}

/** Whether nothing was heard for as long as the plan allows, for a known reason or not. */
export function isQuiet({ quietMs, silent }: SilenceState, plan: SupervisionPlan): boolean {
  return silent?.endedAt === null || quietMs >= allowedSilenceMs(plan)
}

/** Something was received just now from the tag, however long ago it was measured. Not to be called for what is read back from the store. */
export function hear(state: SilenceState, receivedAt: number): SilenceState {
  const heardAt = Math.max(receivedAt, state.heardAt ?? receivedAt)
  const silent = state.silent?.endedAt === null ? endSilent(state.silent, receivedAt, 'restored') : state.silent
  // written out: a spread of it costs several times as much, and this is done with every fix
  return { heardAt, quietMs: 0, tickedAt: receivedAt, listenedAt: receivedAt, knownAt: null, silent }
}

/** A minute of listening, or of not being able to. */
export function listen(before: SilenceState, tick: Tick, context: SilenceContext): SilenceResult {
  const { plan, activation, known } = context
  const supervised = { from: activation.from, known: known !== null, allowedMs: allowedSilenceMs(plan) }
  const silent = before.silent?.endedAt === null ? before.silent : null
  const { heardAt, quietMs, tickedAt, listenedAt, knownAt } = listenOn(before, tick, supervised)
  const state: SilenceState = { heardAt, quietMs, tickedAt, listenedAt, knownAt, silent }
  const isOver = activation.to !== null && tick.at >= activation.to
  if (isOver || known !== null) return tell(lapse(state, tick.at))
  if (silent !== null) return tell(withSeverity(state, silent, SEVERITIES[context.risk]))
  return tell(isQuiet(state, plan) ? fallSilent(state, context) : state)
}

const SEVERITIES: Record<Risk, Severity> = { critical: 'critical', high: 'serious', standard: 'warning' }

function fallSilent(state: SilenceState, { plan, risk, activation, after }: SilenceContext): SilenceState {
  const silent: Silent = {
    beganAt: Math.max(state.heardAt ?? activation.from, state.knownAt ?? activation.from),
    endedAt: null,
    conclusion: null,
    severity: SEVERITIES[risk],
    policyVersion: plan.version,
    allowedMs: allowedSilenceMs(plan),
    graceMs: plan.graceMs,
    neverHeard: state.heardAt === null,
    after,
  }
  return { ...state, silent }
}

function lapse(state: SilenceState, at: number): SilenceState {
  return state.silent === null ? state : { ...state, silent: endSilent(state.silent, at, 'lapsed') }
}

/** The risk of an order may change while its tag is silent. */
function withSeverity(state: SilenceState, silent: Silent, severity: Severity): SilenceState {
  return silent.severity === severity ? state : { ...state, silent: { ...silent, severity } }
}

function tell(state: SilenceState): SilenceResult {
  return { state, view: silenceView(state) }
}

/** What there is to tell of the silence, also right after a report was heard. */
export function silenceView({ silent }: SilenceState): EpisodeView | undefined {
  return silent === null ? undefined : viewOfSilent(silent)
}
