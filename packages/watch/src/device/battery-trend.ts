import type { BatteryReading, BatteryState, BatteryTrend } from './device-state.ts'

/** Readings kept: enough for a line, few enough for the state of 10,000 tags. */
const MOST_READINGS = 7
/**
 * Per cent: what a gauge may be off, up or down, without the battery having been charged or used. A property of gauges and not
 * of how closely a wearer is watched, therefore not in the policy.
 */
export const GAUGE_PERCENT = 5
/** Two steps down: a coarse gauge falls by 10 % at once, and one step has no slope. */
const LEAST_LEVELS = 3
/** A trend is carried on for at most so many times the time over which it was seen. */
const CARRIED_ON = 4
const MINUTE_MS = 60_000

/**
 * The level that a fix or event tells, to a tenth of a per cent: finer than any gauge, and short in the state. The record keeps levels
 * as 4-byte floats, so it goes by way of one: a level judged live and the same level read from the record are one number.
 */
export function toldLevel(level: number | null): number | null {
  return level === null ? null : Math.round(Math.fround(level) * 10) / 10
}

/** The battery with one more reading; the same object when that says nothing new. */
export function readBattery(battery: BatteryState, at: number, level: number): BatteryState {
  const { trend, charging } = battery
  const newest = trend?.readings.at(-1)
  if (trend === null || newest === undefined) return { ...battery, trend: startTrend(at, level), emptyAt: null }
  if (isOldNews(battery, at, level)) return battery
  if (charging !== null) return readWhileCharging(battery, [at, level], newest[1])
  const lowest = Math.min(...trend.readings.map(([, known]) => known))
  if (level >= lowest + GAUGE_PERCENT) {
    return { charging: 'seen', said: null, trend: startTrend(at, level), emptyAt: null }
  }
  const { since } = trend
  const longer = { since, readings: withReading(trend.readings, [secondsAfter(trend, at), level]) }
  return { charging, said: battery.said, trend: longer, emptyAt: forecastEmpty(longer) }
}

/**
 * Whether a reading says nothing that is not known: it is of the second of the newest one, or close to it and less than one per cent
 * off. Most are, which keeps the battery out of the cost of a fix.
 */
export function isOldNews({ trend, charging }: BatteryState, at: number, level: number): boolean {
  const newest = trend?.readings.at(-1)
  if (trend === null || newest === undefined) return false
  const afterS = secondsAfter(trend, at)
  if (afterS <= newest[0]) return true
  return charging === null && Math.abs(level - newest[1]) < 1 && afterS - newest[0] < afterS / MOST_READINGS
}

/** A rise that was only seen ends with the first reading below it; the tag's word holds until the level plainly contradicts it. */
function readWhileCharging(battery: BatteryState, [at, level]: readonly [number, number], peak: number): BatteryState {
  const isSinking = battery.charging === 'seen' ? level < peak : level <= peak - GAUGE_PERCENT
  const trend = startTrend(at, isSinking ? level : Math.max(peak, level))
  return { ...battery, charging: isSinking ? null : battery.charging, trend }
}

function startTrend(at: number, level: number): BatteryTrend {
  return { since: at, readings: [[0, level]] }
}

function secondsAfter({ since }: BatteryTrend, at: number): number {
  return Math.floor((at - since) / 1_000)
}

/** With one too many, the one goes, neither first nor last, whose neighbours are closest together: the rest stay spread evenly. */
function withReading(readings: readonly BatteryReading[], reading: BatteryReading): readonly BatteryReading[] {
  const longer = [...readings, reading]
  if (longer.length <= MOST_READINGS) return longer
  const around = (i: number) => secondsOf(longer, i + 1) - secondsOf(longer, i - 1)
  let least = 1
  for (let i = 2; i < longer.length - 1; i++) if (around(i) < around(least)) least = i
  return longer.filter((_, i) => i !== least)
}

function secondsOf(readings: readonly BatteryReading[], i: number): number {
  return (readings[i] as BatteryReading)[0]
}

/**
 * Epoch ms, up to the next minute: least squares through the readings for the slope, from the newest level on. Null when the
 * level does not fall, in too few steps to tell how fast, or so slowly that it lies too far beyond what was seen.
 */
function forecastEmpty({ since, readings }: BatteryTrend): number | null {
  const [lastS, level] = readings.at(-1) as BatteryReading
  if (level <= 0 || new Set(readings.map(([, known]) => known)).size < LEAST_LEVELS) return null
  const fallPerS = -slopeOf(readings)
  if (fallPerS <= 0 || level / fallPerS > CARRIED_ON * lastS) return null
  const emptyAt = since + (lastS + level / fallPerS) * 1_000
  return Math.ceil(emptyAt / MINUTE_MS) * MINUTE_MS
}

/** Per cent per second. At least two readings of different seconds. */
function slopeOf(readings: readonly BatteryReading[]): number {
  const meanS = readings.reduce((sum, [afterS]) => sum + afterS, 0) / readings.length
  const meanLevel = readings.reduce((sum, [, level]) => sum + level, 0) / readings.length
  let [product, square] = [0, 0]
  for (const [afterS, level] of readings) {
    product += (afterS - meanS) * (level - meanLevel)
    square += (afterS - meanS) ** 2
  }
  return product / square
}
