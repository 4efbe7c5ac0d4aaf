/** How long a tag was listened to in vain. Times are epoch ms by the clock of the service. */
export interface ListeningState {
  /** When the newest report was received. */
  readonly heardAt: number | null
  /** Milliseconds of listening since, without a report. */
  readonly quietMs: number
  /** The newest tick, and the newest at which the feed was connected. A report is as good as a tick. */
  readonly tickedAt: number | null
  readonly listenedAt: number | null
  /** The newest tick since the last report at which the silence was known. */
  readonly knownAt: number | null
}

export interface Tick {
  readonly at: number
  /** Whether the feed of reports is connected. */
  readonly listening: boolean
}

export interface Listening {
  /** Beginning of the activation. */
  readonly from: number
  readonly known: boolean
  /** Milliseconds that the plan allows. */
  readonly allowedMs: number
}

/** Milliseconds: ticks come every minute; between two further apart than this the process was not there. */
const LONGEST_TICK_MS = 90_000

/**
 * One tick on. Time counts between two ticks that both listened and are not far apart; a restart, a stalled process, or a clock
 * that was set adds nothing and takes nothing away, so a service that restarts often still comes to its count. Not having listened
 * for as long as the plan allows begins the count anew: what the tags reported in that time must have a chance to be read.
 */
export function listenOn(state: ListeningState, { at, listening }: Tick, supervised: Listening): ListeningState {
  const { heardAt, tickedAt, listenedAt } = state
  const quietMs = isAnew(state, { at, ...supervised }) ? 0 : state.quietMs
  const knownAt = supervised.known ? at : state.knownAt
  if (!listening) return { heardAt, quietMs, tickedAt: at, listenedAt, knownAt }
  const since = tickedAt !== null && listenedAt === tickedAt ? tickedAt : at
  const addedMs = at - since > LONGEST_TICK_MS ? 0 : Math.max(0, at - Math.max(since, supervised.from))
  return { heardAt, quietMs: quietMs + addedMs, tickedAt: at, listenedAt: at, knownAt }
}

/** A silence that was known until the tick before is so no longer, or nobody listened for as long as a tag may be quiet. */
function isAnew(
  { tickedAt, listenedAt, knownAt }: ListeningState,
  { at, known, allowedMs }: Listening & { readonly at: number },
): boolean {
  if (!known && knownAt !== null && knownAt === tickedAt) return true
  return listenedAt !== null && at - listenedAt >= Math.max(allowedMs, LONGEST_TICK_MS)
}
