import type { BrokerCount } from '@cordon/live'
import type { Finding } from './finding.ts'

/** What the broker says of itself. Mosquitto does, every ten seconds; others say nothing, and nothing is found. */
export interface BrokerBook {
  readonly heard: (count: BrokerCount) => void
  findings(): readonly Finding[]
}

/** For so long it is told of, so that what was lost in a moment becomes an incident as well. */
const TOLD_MS = 600_000
const MIB = 1_048_576
/** Half of what deploy/mosquitto lets it hold for one client (`max_queued_bytes`). */
const MUCH_MIB = 512
/** What is said must not change with every word of the broker's. */
const STEP_MIB = 128

/**
 * A broker that is full goes on acknowledging what tags send and throws it away, and nothing else in Cordon can see it: no queue is long,
 * no fix is late. `elapsed`: milliseconds, by a clock that nobody can set.
 */
export function createBrokerBook(elapsed: () => number): BrokerBook {
  let dropped: number | undefined
  let lost = 0
  let lostAt = 0
  let heldMib = 0

  /** A lower count is that of a broker that was started anew, and what was before this gateway is not its to tell. */
  const countDropped = (count: number) => {
    const more = count - (dropped ?? count)
    dropped = count
    if (more <= 0) return
    if (elapsed() - lostAt > TOLD_MS) lost = 0
    lost += more
    lostAt = elapsed()
  }
  const isLoss = () => lost > 0 && elapsed() - lostAt <= TOLD_MS

  return {
    heard: ({ what, value }) => {
      if (what === 'dropped') countDropped(value)
      else heldMib = value / MIB
    },
    findings: () => {
      if (isLoss()) return [loss(lost)]
      return heldMib < MUCH_MIB ? [] : [fullness(Math.floor(heldMib / STEP_MIB) * STEP_MIB)]
    },
  }
}

const common = { part: 'broker', feed: 'broker' } as const

const loss = (messages: number): Finding => ({
  ...{ ...common, state: 'down', severity: 'critical' },
  detail: `the broker was full and has thrown away ${messages} messages that tags take for delivered: positions are missing`,
})

const fullness = (mib: number): Finding => ({
  ...{ ...common, state: 'late', severity: 'serious' },
  detail: `the broker holds more than ${mib} MiB; at 1,024 for one client it throws messages away`,
})
