import type { LiveSystem } from '@cordon/contract'
import type { Clock } from '@cordon/runtime'
import type { ClockReading } from './judge-clocks.ts'
import type { HeardIngest } from './judge-ingest.ts'

/** The ingests that there are, as far as this gateway has heard, with the last word of each. */
export interface IngestBook {
  readonly heard: (heartbeat: LiveSystem) => void
  /** It was there before this gateway was started: it is missed if it is not heard. */
  readonly expect: (name: string) => void
  all(): readonly HeardIngest[]
  clocks(): readonly ClockReading[]
}

/** One that has said goodbye is forgotten at once; one that died is missed until it is back, or for a day: it may have been renamed. */
const FORGET_MS = 86_400_000

export function createIngestBook(clock: Clock, elapsed: () => number): IngestBook {
  const known = new Map<
    string,
    { readonly heartbeat: LiveSystem | undefined; readonly at: number; readonly aheadMs: number }
  >()
  const prune = () => {
    for (const [name, { at }] of known) if (elapsed() - at > FORGET_MS) known.delete(name)
  }
  return {
    heard: heartbeat => {
      if (heartbeat.stopping === true) known.delete(heartbeat.ingest)
      else known.set(heartbeat.ingest, { heartbeat, at: elapsed(), aheadMs: Date.parse(heartbeat.at) - clock.now() })
    },
    expect: name => {
      if (!known.has(name)) known.set(name, { heartbeat: undefined, at: elapsed(), aheadMs: 0 })
    },
    all: () => {
      prune()
      return [...known].map(([name, { heartbeat, at }]) => ({ name, heartbeat, silentMs: elapsed() - at }))
    },
    clocks: () => [...known].map(([name, { aheadMs }]) => ({ name, aheadMs })),
  }
}
