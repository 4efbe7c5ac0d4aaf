import { SEVERITIES, type Severity } from '@cordon/contract'
import type { Clock } from '@cordon/runtime'
import type { Finding } from '../system/finding.ts'

/** A fault that has lasted long enough to be somebody's business. Times are epoch milliseconds. */
export interface Fault {
  readonly part: string
  readonly severity: Severity
  readonly since: number
  readonly until: number | null
  readonly text: string
}

export interface FaultTracker {
  /** What is found now. To be called every second or so. */
  note(findings: readonly Finding[]): void
  /** Known from before this gateway was started, and on record: it ends if it is not found again. */
  resume(part: string, since: number): void
  /** What is to be on record: what goes on, and what is over and was not yet recorded as such. */
  due(): readonly Fault[]
  /** This one is on record as it was given: over, it is forgotten. */
  recorded(fault: Fault): void
}

/** What is gone for less than this has not ended: a lag about its limit is one fault, not twenty. */
const CALM_MS = 10_000
/** Ended and not recorded, of one part: while the database is away. One more stretches the last. */
const KEPT = 10
const OVER_MEANWHILE = 'It was over when the gateway that had seen it was started again.'

interface Tracked {
  readonly part: string
  readonly since: number
  readonly begunAt: number
  readonly isOnRecord: boolean
  severity: Severity
  text: string
  seenAt: number
  seenUntil: number
}

export interface TrackerParts {
  readonly clock: Clock
  readonly elapsed: () => number
  /** Shorter ones are on the banner only. */
  readonly lastingMs: number
}

/** How long each fault lasts, by a clock that nobody can set. */
export function createFaultTracker({ clock, elapsed, lastingMs }: TrackerParts): FaultTracker {
  const going = new Map<string, Tracked>()
  const over = new Map<string, Fault[]>()

  const see = ({ part, severity, detail, beforeMs = 0 }: Finding): void => {
    const known = going.get(part)
    const seen = { seenAt: elapsed(), seenUntil: clock.now() }
    if (known === undefined) {
      const begun = { since: clock.now() - beforeMs, begunAt: elapsed() - beforeMs, isOnRecord: false }
      going.set(part, { part, severity, text: detail, ...begun, ...seen })
      return
    }
    Object.assign(known, seen)
    if (SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(known.severity))
      Object.assign(known, { severity, text: detail })
  }
  const lasts = ({ begunAt, seenAt, isOnRecord }: Tracked) => isOnRecord || seenAt - begunAt >= lastingMs
  const end = (tracked: Tracked): void => {
    going.delete(tracked.part)
    if (!lasts(tracked)) return
    const { part, severity, since, text, seenUntil } = tracked
    const ended = over.get(part) ?? []
    const last = ended.length < KEPT ? undefined : ended.pop()
    ended.push({ part, severity, since: last?.since ?? since, until: seenUntil, text: text || OVER_MEANWHILE })
    over.set(part, ended)
  }

  return {
    note: findings => {
      for (const finding of findings) if (finding.isConsequence !== true) see(finding)
      for (const tracked of [...going.values()]) if (elapsed() - tracked.seenAt > CALM_MS) end(tracked)
    },
    resume: (part, since) => {
      const now = { begunAt: elapsed(), seenAt: elapsed(), seenUntil: clock.now() }
      going.set(part, { part, since, severity: 'message', text: '', isOnRecord: true, ...now })
    },
    due: () => [
      ...[...over.values()].flat(),
      ...[...going.values()]
        .filter(tracked => lasts(tracked) && tracked.text !== '')
        .map(({ part, severity, since, text }) => ({ part, severity, since, until: null, text })),
    ],
    recorded: fault => {
      const left = over.get(fault.part)?.filter(ended => ended !== fault) ?? []
      if (left.length > 0) over.set(fault.part, left)
      else over.delete(fault.part)
    },
  }
}
