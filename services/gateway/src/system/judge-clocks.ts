import { LIMITS } from '@cordon/contract'
import type { Finding } from './finding.ts'

export interface ClockReading {
  readonly name: string
  /** Milliseconds ahead of this gateway's own clock; negative when behind. */
  readonly aheadMs: number
}

/** A heartbeat may be some seconds on its way. */
const TOLERANCE_MS = 10_000

/**
 * Whose clock is wrong: the database's is the witness where it can be asked, for it stands beside everything that is recorded. An
 * ingest whose clock is far behind sets every fix aside as one from the future.
 */
export function judgeClocks(
  own: string,
  ingests: readonly ClockReading[],
  databaseAheadMs: number | null,
): readonly Finding[] {
  const aheadMs = databaseAheadMs ?? 0
  const readings = [{ name: own, aheadMs: 0 }, ...ingests].map(reading => ({
    ...reading,
    aheadMs: reading.aheadMs - aheadMs,
  }))
  return readings.filter(isWrong).map(({ name, aheadMs: wrongMs }) => {
    const blinds = name !== own && wrongMs < -LIMITS.futureMs
    const detail = `the clock of ${name} differs by ${secondsOf(wrongMs)} s: it is ${wrongMs > 0 ? 'ahead' : 'behind'}`
    const common = { part: `clock of ${name}`, feed: 'clocks' } as const
    return blinds
      ? { ...common, state: 'down', severity: 'critical', detail: `${detail}, and sets fixes aside as from the future` }
      : { ...common, state: 'late', severity: 'serious', detail }
  })
}

export const isWrong = ({ aheadMs }: Pick<ClockReading, 'aheadMs'>): boolean => Math.abs(aheadMs) > TOLERANCE_MS

/** To ten seconds: what is said of it must not change with every heartbeat. */
const secondsOf = (ms: number) => Math.round(Math.abs(ms) / 10_000) * 10
