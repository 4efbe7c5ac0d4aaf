import { GAUGE_PERCENT, readBattery } from './battery-trend.ts'
import { type Happening, happen, restore, withFixes } from './device-episode.ts'
import {
  type BatteryStage,
  type BatteryState,
  type BatteryTrend,
  type Charge,
  type DeviceEpisode,
  type DevicePolicy,
  type DeviceState,
  episodeOf,
  openEpisodeOf,
  withEpisode,
} from './device-state.ts'

/** A fix or event, as far as the battery is concerned. */
export interface Report extends Omit<Happening, 'subject'> {
  readonly level: number | null
}

const STAGES: readonly BatteryStage[] = ['warn', 'critical', 'dead']

/** The device after the level, if any, of a report, and what that means for the battery's incident. */
export function weighBattery(state: DeviceState, report: Report, policy: DevicePolicy): DeviceState {
  const battery = report.level === null ? state.battery : readBattery(state.battery, report.at, report.level)
  const { lastEvent, nearBeacon, episodes } = state
  const read = battery === state.battery ? state : { lastEvent, nearBeacon, battery, episodes }
  const open = openEpisodeOf(read, 'battery')
  if (battery.charging !== null) return open ? withEpisode(read, restore(open, report.at, report.fixes)) : read
  const judged = judgeCharge(battery, report, policy)
  if (open === undefined) return judged ? withEpisode(read, beginCharge(read, report, judged, policy)) : read
  if (judged === null && isClear(battery, report, policy)) {
    return withEpisode(read, restore(open, report.at, report.fixes))
  }
  return withEpisode(read, changeCharge(open, judged, { report, battery, policy }))
}

/** What the clock alone does to a battery of which nothing is heard: its forecast comes near, and comes true. */
export function advanceBattery(state: DeviceState, until: number, policy: DevicePolicy): DeviceState {
  const { emptyAt } = state.battery
  if (emptyAt === null) return state
  const soonAt = emptyAt - policy.batteryForecastMs
  if (until < soonAt) return state
  const open = openEpisodeOf(state, 'battery')
  const report: Report = { at: soonAt, receivedAt: soonAt, fixes: [], level: null }
  const level = newestLevel(state.battery)
  const episode = open ?? beginCharge(state, report, { ...UNMEASURED, level, emptyAt }, policy)
  const charge = episode.charge as Charge
  if (until < emptyAt || charge.presumedDead) return withEpisode(state, episode)
  return withEpisode(state, { ...episode, charge: { ...charge, presumedDead: true, emptyAt } })
}

/** Of a battery with a forecast. */
function newestLevel({ trend }: BatteryState): number {
  return (trend as BatteryTrend).readings.map(([, level]) => level).at(-1) as number
}

/** A tag that speaks is not empty, whatever its trend said. */
export function hearBattery(state: DeviceState, at: number): DeviceState {
  const { emptyAt } = state.battery
  if (emptyAt === null || at < emptyAt) return state
  const heard = { ...state, battery: { ...state.battery, emptyAt: null } }
  const episode = openEpisodeOf(state, 'battery') as DeviceEpisode
  const charge = episode.charge as Charge
  return withEpisode(heard, { ...episode, charge: { ...charge, presumedDead: false, emptyAt: null } })
}

const UNMEASURED: Charge = { stage: 'warn', level: null, measured: false, presumedDead: false, emptyAt: null }

/** Null: nothing to be said against it. */
function judgeCharge({ said, emptyAt }: BatteryState, { at, level }: Report, policy: DevicePolicy): Charge | null {
  const stage = worst(said, level === null ? null : stageOfLevel(level, policy))
  if (stage !== null) return { stage, level, measured: true, presumedDead: false, emptyAt }
  const isSoon = emptyAt !== null && emptyAt - at <= policy.batteryForecastMs
  return isSoon ? { ...UNMEASURED, level, emptyAt } : null
}

function stageOfLevel(level: number, policy: DevicePolicy): BatteryStage | null {
  if (level <= 0) return 'dead'
  if (level <= policy.batteryCriticalPercent) return 'critical'
  return level <= policy.batteryWarnPercent ? 'warn' : null
}

function worst<A extends BatteryStage, B extends BatteryStage>(a: A | null, b: B | null): A | B | null {
  return rank(a) >= rank(b) ? a : b
}

function rank(stage: BatteryStage | null): number {
  return stage === null ? -1 : STAGES.indexOf(stage)
}

/** Clearly above the warning, and not forecast to be empty for twice the time that would be one. */
function isClear({ emptyAt }: BatteryState, { at, level }: Report, policy: DevicePolicy): boolean {
  if (level === null || level < policy.batteryWarnPercent + GAUGE_PERCENT) return false
  return emptyAt === null || emptyAt - at > 2 * policy.batteryForecastMs
}

function beginCharge(state: DeviceState, report: Report, charge: Charge, policy: DevicePolicy): DeviceEpisode {
  return { ...happen(episodeOf(state, 'battery'), { ...report, subject: 'battery' }, policy), charge }
}

interface Weighing {
  readonly report: Report
  readonly battery: BatteryState
  readonly policy: DevicePolicy
}

/** Told again when the stage is worse, when it is no longer the trend's word alone, or when the forecast moved by much. */
function changeCharge(open: DeviceEpisode, judged: Charge | null, weighing: Weighing): DeviceEpisode {
  const known = open.charge as Charge
  const { report, battery, policy } = weighing
  const stage = worst(known.stage, judged?.stage ?? null) as BatteryStage
  const measured = known.measured || judged?.measured === true
  const { emptyAt } = battery
  if (stage === known.stage && measured === known.measured) {
    return hasMoved(known.emptyAt, weighing) ? { ...open, charge: { ...known, emptyAt } } : open
  }
  const charge: Charge = { stage, level: report.level ?? known.level, measured, presumedDead: false, emptyAt }
  return { ...open, charge, fixes: withFixes(open.fixes, report.fixes), policyVersion: policy.version }
}

/** By more than half of the time left, so that a forecast is not told anew with every fix. */
function hasMoved(told: number | null, { report, battery: { emptyAt }, policy }: Weighing): boolean {
  if (emptyAt === null) return false
  return told === null || Math.abs(emptyAt - told) > Math.max(policy.batteryForecastMs, emptyAt - report.at) / 2
}

/** The tag's own word of its battery. */
export function hearWord(battery: BatteryState, word: Exclude<BatteryStage, 'dead'>): BatteryState {
  return battery.charging === null ? { ...battery, said: worst(battery.said, word) } : battery
}

/** The tag's word that charging began or stopped: a new trend begins. */
export function hearCharger(charging: boolean): BatteryState {
  return { charging: charging ? 'told' : null, said: null, trend: null, emptyAt: null }
}
