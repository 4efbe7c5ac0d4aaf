import type { DeviceEvent, Fix } from '@cordon/contract'
import { leastSpeedMps, motionBetween } from '../belief/motion.ts'
import { type Sight, sightOf, sigmaOf } from '../belief/sight.ts'
import type { ConditionGroup } from '../condition/condition-group.ts'
import type { Period } from '../condition/watched-condition.ts'
import type { WatchContext } from '../context/watch-context.ts'
import {
  advanceDevice,
  type DeviceResult,
  deviceViews,
  isDeviceStill,
  observeEvent,
  observeFix,
} from '../device/observe-device.ts'
import type { WatchPolicy } from '../policy/policy.ts'
import type { EpisodeView, Extent } from '../told/episode-view.ts'
import { nextBeginning } from '../zones/beginning.ts'
import { viewOf } from '../zones/episode.ts'
import { judgeZones } from '../zones/judge-zones.ts'
import type { ConditionMemory, Episode } from '../zones/memory.ts'
import { isEmpty } from '../zones/memory.ts'
import type { Look } from '../zones/reading.ts'
import { type FixIdentity, RECENT_BITS, RECENT_FIXES, type Telling } from '../zones/scene.ts'
import { stepClock } from '../zones/step-clock.ts'
import { keyOf, type Observation } from './observation.ts'
import { RECENT_EVENTS, type Timeline } from './timeline.ts'

/** What the fold works with. */
export interface FoldParts {
  readonly context: WatchContext
  readonly tell: Telling
}

/** The timeline with the next observation: first what time alone did until then, then what the observation says. */
export function observe(timeline: Timeline, observation: Observation, parts: FoldParts): Timeline {
  const at = observation.type === 'fix' ? observation.fix.measuredAt : observation.event.measuredAt
  const before = advance(timeline, at, parts)
  return observation.type === 'fix'
    ? takeFix(before, observation.fix, parts)
    : takeEvent(before, observation.event, parts)
}

/** What time alone does until then. `at` stays: the timeline still goes no further than its newest observation. */
export function advance(timeline: Timeline, until: number, { context, tell }: FoldParts): Timeline {
  const { at } = timeline
  if (at === null || until <= at) return timeline
  const device = told(advanceDevice(timeline.device, until, context.policies.at(until)), tell)
  const span = { from: at, to: until }
  const beginning = mayBegin(timeline, span, context)
  const isQuiet = timeline.zones.length === 0 && beginning.length === 0
  const zones = isQuiet ? timeline.zones : advanceZones(timeline, { span, beginning }, { context, tell })
  return device === timeline.device && zones === timeline.zones ? timeline : { ...timeline, device, zones }
}

/** Whether time alone changes nothing until then of a timeline that remembers nothing of any zone. */
export function isStill(timeline: Timeline, until: number | null, context: WatchContext): boolean {
  const { at, device } = timeline
  if (at === null || until === null || until <= at) return true
  if (mayBegin(timeline, { from: at, to: until }, context).length > 0) return false
  return isDeviceStill(device, until, context.policies.at(until))
}

/** Conditions that the clock may begin an episode of: of a zone to keep out of only where the last fix is near it. */
function mayBegin({ last }: Timeline, { from, to }: Period, context: WatchContext): readonly ConditionGroup[] {
  if (last === null) return NOTHING
  const { presence, policies, quiet, surroundings } = context
  const around = surroundings.within(last, policies.farSigmas * sigmaOf(last))
  const near =
    around.length === 0 ? around : around.filter(group => (nextBeginning(group, from, policies)?.at ?? Infinity) <= to)
  return quiet.holds(from, to) ? near : [...presence, ...near]
}

const NOTHING: readonly ConditionGroup[] = []

function advanceZones(
  { zones, last, recent }: Timeline,
  { span, beginning }: { readonly span: Period; readonly beginning: readonly ConditionGroup[] },
  { context, tell }: FoldParts,
): readonly ConditionMemory[] {
  const scene = { context, recent, tell }
  const next: ConditionMemory[] = []
  let hasChanged = false
  const step = (memory: ConditionMemory | undefined, conditionId: string) => {
    const group = context.groupOf(conditionId)
    // a condition that the register no longer has is judged no more; what is open of it is ended by reconciling with what was told
    const stepped = group === undefined ? undefined : stepClock(memory, span, { group, last, scene })
    hasChanged ||= stepped !== memory
    if (stepped !== undefined && !isEmpty(stepped)) next.push(stepped)
  }
  for (const memory of zones) step(memory, memory.conditionId)
  for (const { conditionId } of beginning) {
    if (!zones.some(memory => memory.conditionId === conditionId)) step(undefined, conditionId)
  }
  return hasChanged ? next : zones
}

function takeEvent(timeline: Timeline, event: DeviceEvent, { context, tell }: FoldParts): Timeline {
  const device = told(observeEvent(timeline.device, event, context.policies.at(event.measuredAt)), tell)
  const recentEvents = [...timeline.recentEvents.slice(1 - RECENT_EVENTS), keyOf({ type: 'event', event })]
  return { ...timeline, at: event.measuredAt, device, recentEvents }
}

function takeFix(before: Timeline, fix: Fix, parts: FoldParts): Timeline {
  const { context, tell } = parts
  const policy = context.policies.at(fix.measuredAt)
  const recent = withIdentity(before.recent, [fix.measuredAt, fix.seq])
  const device = told(observeFix(before.device, fix, policy), tell)
  const zones = before.zones.length === 0 ? before.zones : before.zones.map(aged)
  // written out, here and below: a spread costs several times as much, and this is done with every fix
  const { recentEvents, last, doubted } = before
  const timeline = { at: fix.measuredAt, recent, recentEvents, last, doubted, zones, device }
  const sight = sightOf(fix, policy)
  if (sight.radiusM > policy.worstAccuracyM) return timeline
  return believe(timeline, { sight, policy }, parts)
}

/** An impossible jump is not believed until another fix says that the wearer is there; it is never judged itself. */
function believe(
  timeline: Timeline,
  { sight, policy }: { sight: Sight; policy: WatchPolicy },
  parts: FoldParts,
): Timeline {
  const { last, doubted } = timeline
  const isJump = last !== null && leastSpeedMps(last, sight) > policy.jumpSpeedMps
  if (isJump && (doubted === null || leastSpeedMps(doubted, sight) > policy.jumpSpeedMps)) {
    const { activationId } = parts.context.activation
    parts.tell.setAside({
      type: 'set-aside',
      activationId,
      measuredAt: sight.at,
      seq: sight.seq,
      reason: 'impossible-jump',
    })
    return { ...timeline, doubted: sight }
  }
  const before = isJump ? null : last
  const look: Look = {
    sight,
    motion: before === null ? null : motionBetween(before, sight, policy),
    sameSource: before?.source === sight.source,
  }
  const { at, recent, recentEvents, device } = timeline
  const scene = { context: parts.context, recent, tell: parts.tell }
  const zones = judgeZones(timeline.zones, { look, before, policy }, scene)
  return { at, recent, recentEvents, last: sight, doubted: null, zones, device }
}

function withIdentity(recent: readonly FixIdentity[], identity: FixIdentity): readonly FixIdentity[] {
  // of the very length: a push would make room for as many again
  const from = Math.max(0, recent.length - RECENT_FIXES + 1)
  const newest = new Array<FixIdentity>(recent.length - from + 1).fill(identity)
  for (let i = from; i < recent.length; i++) newest[i - from] = recent[i] as FixIdentity
  return newest
}

function agedEpisode(episode: Episode): Episode {
  const { kind, certainty, beganAt, happenedAt, lastInsideAt, ended, proved, entries, fixes } = episode
  const { sighting, greatestDepthM, insideMs, box, outside, text } = episode
  const restsOn = (episode.restsOn << 1) & RECENT_BITS
  return {
    kind,
    certainty,
    beganAt,
    happenedAt,
    lastInsideAt,
    ended,
    proved,
    entries,
    fixes,
    restsOn,
    sighting,
    greatestDepthM,
    insideMs,
    box,
    outside,
    text,
  }
}

/** One more fix, on which nothing rests yet. */
function aged(memory: ConditionMemory): ConditionMemory {
  const { near, episode } = memory
  if (near === null && episode === null) return memory
  const { conditionId, belief, looks } = memory
  return {
    conditionId,
    belief,
    looks,
    near: near === null ? null : { ...near, restsOn: (near.restsOn << 1) & RECENT_BITS },
    episode: episode === null ? null : agedEpisode(episode),
  }
}

function told({ state, views }: DeviceResult, tell: Telling): DeviceResult['state'] {
  for (const view of views) tell.episode(view)
  return state
}

/** Episodes that are under way, or ended so lately that they can still be joined. */
export function extentsOf({ zones, device }: Timeline): readonly Extent[] {
  if (zones.length === 0 && device.episodes.length === 0) return NONE
  const extents: Extent[] = device.episodes.map(({ subject, beganAt, endedAt }) => ({ subject, beganAt, endedAt }))
  for (const { conditionId, episode } of zones) {
    if (episode === null) continue
    extents.push({ subject: conditionId, beganAt: episode.beganAt, endedAt: episode.ended?.at ?? null })
  }
  return extents
}

const NONE: readonly Extent[] = []

/** The same, each as it would be told now. */
export function viewsOf({ zones, device, recent }: Timeline, context: WatchContext): readonly EpisodeView[] {
  const views = [...deviceViews(device)]
  for (const { conditionId, episode } of zones) {
    const group = context.groupOf(conditionId)
    if (episode !== null && group !== undefined) views.push(viewOf(episode, group, { recent }))
  }
  return views
}
