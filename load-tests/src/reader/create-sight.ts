import type { SystemMessage } from '@cordon/contract'

/** What a client's screen shows of now, and whether it says that it does not. Times in epoch milliseconds. */
export interface Sight {
  /** Positions came; `measuredAt` of the newest of them. */
  positions(measuredAt: number, now: number): void
  system(message: Pick<SystemMessage, 'feeds' | 'ingestLagSeconds'>, now: number): void
  /** The connection was lost, or given up because nothing came over it: the client says so by itself. */
  lost(now: number): void
  /** From here on it counts. */
  begin(now: number): void
  /** Up to here. */
  end(now: number): void
  /** The newest position is young and nothing is said to be wrong. */
  isClear(now: number): boolean
  report(): SightReport
}

export interface SightReport {
  /** The greatest age that the newest position known had between begin and end. */
  readonly blindMs: number
  /** From the beginning until the client was told, or noticed by itself, that something is wrong; null when neither happened. */
  readonly saidAfterMs: number | null
  /** What it was told first. */
  readonly said: string | null
}

/** Positions come at most every 750 ms (ingest's 250 and the gateway's 500): above this the picture is old. */
const YOUNG_MS = 2_000
/** Above this the gateway calls the feed late. */
const LATE_SECONDS = 5

export function createSight(): Sight {
  let newestAt: number | undefined
  let begunAt: number | undefined
  let endedAt: number | undefined
  let blindMs = 0
  let first: { readonly at: number; readonly what: string } | undefined
  let wrong: string | null = null
  const counts = () => begunAt !== undefined && endedAt === undefined
  const age = (now: number) => now - (newestAt ?? now)
  const grow = (now: number) => {
    if (counts()) blindMs = Math.max(blindMs, age(now))
  }
  const say = (what: string, now: number) => {
    if (counts()) first ??= { at: now, what }
  }
  return {
    positions: (measuredAt, now) => {
      grow(now)
      newestAt = Math.max(newestAt ?? 0, measuredAt)
    },
    system: (message, now) => {
      wrong = wrongOf(message)
      if (wrong !== null) say(wrong, now)
    },
    lost: now => {
      wrong = 'the connection was lost'
      say(wrong, now)
    },
    begin: now => {
      begunAt = now
    },
    end: now => {
      grow(now)
      endedAt ??= now
    },
    isClear: now => wrong === null && newestAt !== undefined && age(now) < YOUNG_MS,
    report: () => ({
      blindMs,
      saidAfterMs: first === undefined ? null : first.at - (begunAt ?? first.at),
      said: first?.what ?? null,
    }),
  }
}

function wrongOf({ feeds, ingestLagSeconds }: Pick<SystemMessage, 'feeds' | 'ingestLagSeconds'>): string | null {
  const feed = Object.entries(feeds).find(([, { state }]) => state !== 'up')
  if (feed !== undefined) return `${feed[0]} ${feed[1].state}`
  return ingestLagSeconds !== null && ingestLagSeconds > LATE_SECONDS ? 'ingest lags' : null
}
