import type { DeviceEvent, DeviceEventType, Fix } from '@cordon/contract'
import type { EpisodeView } from '../told/episode-view.ts'
import { advanceBattery, hearBattery, hearCharger, hearWord, type Report, weighBattery } from './battery.ts'
import { isOldNews, toldLevel } from './battery-trend.ts'
import { happen, isPast, restore, settle } from './device-episode.ts'
import {
  type DevicePolicy,
  type DeviceState,
  type DeviceSubject,
  episodeOf,
  openEpisodeOf,
  withEpisode,
} from './device-state.ts'
import { isChanged, viewOfDevice } from './device-view.ts'

/*
 * A fold over what the tag says of itself, in order of measurement. Each step first advances to the time of what is observed, so
 * that a state does not depend on how often the clock was asked in between.
 */

export interface DeviceResult {
  readonly state: DeviceState
  /** Episodes that began, changed or ended, each as it came out. */
  readonly views: readonly EpisodeView[]
}

const NO_VIEWS: readonly EpisodeView[] = []

const HAPPENINGS: Partial<Record<DeviceEventType, DeviceSubject>> = {
  'strap-cut': 'strap',
  'case-open': 'case',
  'power-off': 'power',
  'jamming-suspected': 'jamming',
}
const RESTORATIONS: Partial<Record<DeviceEventType, DeviceSubject>> = { 'strap-restored': 'strap', 'power-on': 'power' }

/** The newest event said again changes nothing. Events of a time come before its fixes. */
export function observeEvent(state: DeviceState, event: DeviceEvent, policy: DevicePolicy): DeviceResult {
  if (isRepeat(state, event)) return { state, views: NO_VIEWS }
  const { measuredAt: at, receivedAt, seq, type } = event
  const level = toldLevel(event.battery)
  const report: Report = { at, receivedAt, level, fixes: [`${at}/${seq}`] }
  return observe(state, { at, policy }, advanced => {
    const heard = type === 'power-off' ? hearBattery(advanced, at) : hear(advanced, report)
    const noted: DeviceState = { ...withWord(heard, type), lastEvent: [at, seq, type] }
    return weighBattery(withHappening(noted, { type, report }, policy), report, policy)
  })
}

export function observeFix(state: DeviceState, fix: Fix, policy: DevicePolicy): DeviceResult {
  const { measuredAt: at, receivedAt, seq } = fix
  const level = toldLevel(fix.battery)
  if (isCalm(state, at, level, policy)) return { state, views: NO_VIEWS }
  const report: Report = { at, receivedAt, level, fixes: [`${at}/${seq}`] }
  return observe(state, { at, policy }, advanced => {
    const heard = hear(advanced, report)
    return level === null ? heard : weighBattery(heard, report, policy)
  })
}

/** What time alone does until then. */
export function advanceDevice(state: DeviceState, until: number, policy: DevicePolicy): DeviceResult {
  if (isDeviceStill(state, until, policy)) return { state, views: NO_VIEWS }
  const forecast = advanceBattery(state, until, policy)
  const settled = forecast.episodes.map(episode => settle(episode, until, policy))
  const views = changesTo({ ...forecast, episodes: settled }, state)
  if (settled.every((episode, i) => episode === forecast.episodes[i] && !isPast(episode, until, policy))) {
    return { state: forecast, views }
  }
  return { state: { ...forecast, episodes: settled.filter(episode => !isPast(episode, until, policy)) }, views }
}

/** Episodes under way, and those that ended less than `eventFoldMs` ago. */
export function deviceViews(state: DeviceState): readonly EpisodeView[] {
  return state.episodes.length === 0 ? NO_VIEWS : state.episodes.map(viewOfDevice)
}

/** Whether time alone changes nothing until then. */
export function isDeviceStill(
  { episodes, battery: { emptyAt } }: DeviceState,
  until: number,
  policy: DevicePolicy,
): boolean {
  return episodes.length === 0 && (emptyAt === null || until < emptyAt - policy.batteryForecastMs)
}

/** Nothing is wrong, and the fix says nothing else: what nearly every fix comes to. */
function isCalm(state: DeviceState, at: number, level: number | null, policy: DevicePolicy): boolean {
  if (!isDeviceStill(state, at, policy)) return false
  return level === null || (level > policy.batteryWarnPercent && isOldNews(state.battery, at, level))
}

function isRepeat({ lastEvent }: DeviceState, { measuredAt, seq, type }: DeviceEvent): boolean {
  return lastEvent !== null && lastEvent[0] === measuredAt && lastEvent[1] === seq && lastEvent[2] === type
}

interface Moment {
  readonly at: number
  readonly policy: DevicePolicy
}

function observe(
  state: DeviceState,
  { at, policy }: Moment,
  apply: (advanced: DeviceState) => DeviceState,
): DeviceResult {
  const advanced = advanceDevice(state, at, policy)
  const next = apply(advanced.state)
  const changes = changesTo(next, advanced.state)
  const isNewer = (view: EpisodeView) =>
    changes.some(({ subject, beganAt }) => subject === view.subject && beganAt === view.beganAt)
  return { state: next, views: [...advanced.views.filter(view => !isNewer(view)), ...changes] }
}

function changesTo(after: DeviceState, before: DeviceState): readonly EpisodeView[] {
  if (after.episodes === before.episodes) return NO_VIEWS
  return after.episodes.filter(episode => isChanged(episodeOf(before, episode.subject), episode)).map(viewOfDevice)
}

/** Whoever speaks is on: a tag that was switched off before is on again. */
function hear(state: DeviceState, { at, fixes }: Report): DeviceState {
  const heard = hearBattery(state, at)
  const off = openEpisodeOf(heard, 'power')
  return off === undefined || at <= off.lastAt ? heard : withEpisode(heard, restore(off, at, fixes))
}

/** What an event says of the beacon, the charger and the battery. */
function withWord(state: DeviceState, type: DeviceEventType): DeviceState {
  const { battery } = state
  if (type === 'beacon-near' || type === 'beacon-away') return { ...state, nearBeacon: type === 'beacon-near' }
  if (type === 'charging' || type === 'uncharging') {
    return { ...state, battery: hearCharger(type === 'charging') }
  }
  if (type === 'battery-low') return { ...state, battery: hearWord(battery, 'warn') }
  if (type === 'battery-critical') return { ...state, battery: hearWord(battery, 'critical') }
  return state
}

function withHappening(
  state: DeviceState,
  { type, report }: { readonly type: DeviceEventType; readonly report: Report },
  policy: DevicePolicy,
): DeviceState {
  const subject = HAPPENINGS[type]
  if (subject !== undefined)
    return withEpisode(state, happen(episodeOf(state, subject), { ...report, subject }, policy))
  const mended = RESTORATIONS[type]
  const open = mended === undefined ? undefined : openEpisodeOf(state, mended)
  return open === undefined ? state : withEpisode(state, restore(open, report.at, report.fixes))
}
