import type { ActivationId, IncidentJudgement, IncidentReason, JudgedKind, Visit } from '@cordon/contract'
import type { WatchContext } from '../context/watch-context.ts'
import type { WatchPolicy } from '../policy/policy.ts'
import type { EpisodeView, Extent } from './episode-view.ts'

/** An episode that was told and of which there may be more to tell. */
export interface Told extends Extent {
  readonly said: Said
  /** Time of what was told last, epoch ms. */
  readonly toldAt: number
}

export type Said = IncidentJudgement | Visit

export const idOf = (said: Said): string => (said.type === 'visit' ? said.visitId : said.episodeId)

/** What is remembered of what was told. */
export interface Telling {
  readonly told: readonly Told[]
  /**
   * Ids that say of when their episode began what turned out otherwise, newest last: an episode that does begin then needs another.
   * They are rare, and the last ones are enough.
   */
  readonly renamed: readonly string[]
}

/** Of what was received, not of what was measured: no fix can disprove that nothing came. */
export const SILENCE = 'silence'

/** `isFresh`: it has just been said to be so. */
export function fateOf(
  { endedAt }: Told,
  isFresh: boolean,
  { before, now }: { readonly before: number | null; readonly now: number | null },
): 'kept' | 'settled' | 'disproved' {
  // of an end that the timeline has not come to, the clock speaks anew every time
  if (endedAt === null || now === null || now < endedAt) return isFresh ? 'kept' : 'disproved'
  return isFresh || (before !== null && before >= endedAt) ? 'settled' : 'disproved'
}

/** The very episode: what was told last began as it does. */
export const isOne = (a: Extent, b: Extent): boolean => a.subject === b.subject && a.beganAt === b.beganAt

/** Two tellings of one episode: they began together, or they overlap, for a subject has one episode at a time. */
export function isSame(a: Extent, b: Extent): boolean {
  if (a.subject !== b.subject) return false
  return a.beganAt === b.beganAt || overlapMs(a, b) >= 0
}

/** Milliseconds that two extents have in common; negative when there is a gap between them. */
export function overlapMs(a: Extent, b: Extent): number {
  return Math.min(a.endedAt ?? Infinity, b.endedAt ?? Infinity) - Math.max(a.beganAt, b.beganAt)
}

export function indexOf(entries: readonly Told[], view: Extent): number {
  const exact = entries.findIndex(entry => entry.subject === view.subject && entry.beganAt === view.beganAt)
  return exact >= 0 ? exact : entries.findIndex(entry => isSame(entry, view))
}

export interface Naming {
  /** The episode as it was told before, whose id it keeps. */
  readonly known?: { readonly said: Said } | undefined
  /** Ids that belong to other episodes. */
  readonly taken: () => readonly string[]
}

/** The view in the words of the contract, under the id that it was told by before. */
export function sayOf(view: EpisodeView, context: WatchContext, { known, taken }: Naming): Said {
  const { activationId } = context.activation
  const id = known === undefined ? freeId(`${activationId}:${view.subject}:${view.beganAt}`, taken()) : idOf(known.said)
  return view.kind === 'visit' ? visitOf(view, id, activationId) : incidentOf(view, id, { context, known: known?.said })
}

function visitOf(view: EpisodeView, visitId: string, activationId: ActivationId): Visit {
  const { conditionId, zoneId, happenedAt: from, endedAt: to, reason } = view
  if (conditionId === null || zoneId === null || !('distanceM' in reason)) throw new TypeError('a visit is of a zone')
  return { type: 'visit', visitId, activationId, conditionId, zoneId, from, to, disproved: false, reason }
}

function incidentOf(
  view: EpisodeView,
  episodeId: string,
  { context, known }: { readonly context: WatchContext; readonly known: Said | undefined },
): IncidentJudgement {
  const { endedAt, happenedAt, receivedAt } = view
  const { activation, policies } = context
  return {
    type: 'incident',
    change: known === undefined ? 'raised' : endedAt !== null && extentOf(known).endedAt === null ? 'ended' : 'changed',
    episodeId,
    activationId: activation.activationId,
    conditionId: view.conditionId,
    zoneId: view.zoneId,
    kind: view.kind as JudgedKind,
    severity: view.severity,
    certainty: view.certainty,
    zoneVersion: view.zoneVersion,
    conclusion: view.conclusion,
    happenedAt,
    receivedAt,
    endedAt,
    late: known?.type === 'incident' ? known.late : receivedAt - happenedAt > policies.at(happenedAt).lateMs,
    reason: view.reason,
  }
}

function freeId(id: string, taken: readonly string[]): string {
  for (let n = 1; ; n++) {
    const next = n === 1 ? id : `${id}-${n}`
    if (!taken.includes(next)) return next
  }
}

const RENAMED = 64

/** With the id of what was said, if it names another beginning. */
export function withRenamed(renamed: readonly string[], said: Said): readonly string[] {
  const id = idOf(said)
  const names = id.slice(id.lastIndexOf(':') + 1)
  if (names === String(said.reason.beganAt) || renamed.includes(id)) return renamed
  return [...renamed.slice(1 - RENAMED), id]
}

export function extentOf(said: Said): { readonly beganAt: number; readonly endedAt: number | null } {
  return { beganAt: said.reason.beganAt, endedAt: said.type === 'visit' ? said.to : said.endedAt }
}

/** Whether a person should see what it changed. A breach that only gets deeper is told now and then. */
export function isNews({ said, toldAt }: Told, now: Said, policy: WatchPolicy): boolean {
  if (isOtherwise(said, now)) return true
  const depthM = depthOf(now)
  const { deeperFactor, deeperFromM, deeperEveryMs } = policy
  if (depthM < deeperFactor * Math.max(depthOf(said), deeperFromM)) return false
  return extentOf(now).endedAt === null && lastTimeOf(now) - toldAt >= deeperEveryMs
}

/** Of an episode that is over the record holds how deep and how long it was, and on what it was judged. */
export function isMore(a: Said, b: Said): boolean {
  return extentOf(b).endedAt !== null && factsOf(a) !== factsOf(b)
}

function factsOf({ reason: { text: _text, fixes: _fixes, ...facts } }: Said): string {
  // the database gives the names back in another order, those within `hours` too
  return JSON.stringify(facts, [...Object.keys(facts), 'from', 'to'].sort())
}

/** Of something that goes on, as most fixes find it: found without a reason being made up, and false when that takes a look at it. */
export function isNothingNew({ said }: Told, now: EpisodeView, policy: WatchPolicy): boolean {
  const { brief } = now
  if (brief === undefined || now.endedAt !== null) return false
  if (said.reason.entries !== brief.entries || said.reason.beganAt !== now.beganAt) return false
  const isAsSaid =
    said.type === 'visit'
      ? said.from === now.happenedAt && said.to === now.endedAt && !said.disproved
      : said.kind === now.kind &&
        said.severity === now.severity &&
        said.certainty === now.certainty &&
        said.happenedAt === now.happenedAt &&
        said.endedAt === now.endedAt &&
        said.conclusion === now.conclusion
  return isAsSaid && brief.greatestDepthM < policy.deeperFactor * Math.max(depthOf(said), policy.deeperFromM)
}

/** Anything but how deep and how long. */
export function isOtherwise(a: Said, b: Said): boolean {
  if (a.reason.entries !== b.reason.entries || a.reason.beganAt !== b.reason.beganAt) return true
  if (a.type === 'visit') return b.type !== 'visit' || a.from !== b.from || a.to !== b.to || a.disproved !== b.disproved
  if (b.type === 'visit') return true
  const keys = ['kind', 'severity', 'certainty', 'happenedAt', 'endedAt', 'conclusion'] as const
  return keys.some(key => a[key] !== b[key]) || isOtherwiseOfDevice(a.reason, b.reason)
}

/** What is said of the device stays as it is until it is worth telling: a battery found dead, a forecast that moved. */
function isOtherwiseOfDevice(a: IncidentReason, b: IncidentReason): boolean {
  if ('distanceM' in a || 'distanceM' in b) return false
  return a.text !== b.text || a.emptyAt !== b.emptyAt
}

const depthOf = ({ reason }: Said): number => ('greatestDepthM' in reason ? reason.greatestDepthM : 0)

function lastTimeOf({ reason }: Said): number {
  const newest = reason.fixes.at(-1)
  return newest === undefined ? reason.beganAt : Number(newest.slice(0, newest.indexOf('/')))
}

const DISPROVED = 'Not so, as fixes show that came later'

/** Nothing that a person has seen goes away: it is marked, and says why. */
export function disprove(said: Said, why = DISPROVED): Said {
  const text = `${why}. It had said: ${said.reason.text}`
  if (said.type === 'visit') {
    return { ...said, disproved: true, to: said.to ?? said.from, reason: { ...said.reason, text } }
  }
  const endedAt = said.endedAt ?? said.happenedAt
  return { ...said, change: 'disproved', conclusion: 'disproved', endedAt, reason: { ...said.reason, text } }
}
