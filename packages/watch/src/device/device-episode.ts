import type { Conclusion } from '@cordon/contract'
import type { DeviceEpisode, DevicePolicy, DeviceSubject } from './device-state.ts'

/*
 * none ── it happens ──▶ open ── it is mended ──▶ ended, `restored` ── happens again within eventFoldMs ──▶ open
 *                         │
 *                         └─ case, jamming: eventFoldMs without another ──▶ ended for good
 *
 * While open, repeats within eventFoldMs of the last one counted are one with it; a later one counts as another entry. An ended
 * episode stays for eventFoldMs, so that whoever looks only now and then sees its end.
 */

const MOST_FIXES = 16

/**
 * How episodes end of which the tag tells the beginning only. Jamming was never more than suspected. That a case was opened stays
 * true, and the tag cannot say that it is closed again: what ended is the opening, and a later one is a matter of its own.
 */
const ENDS_BY_CLOCK: Partial<Record<DeviceSubject, Conclusion>> = { jamming: 'unconfirmed', case: 'lapsed' }

export interface Happening {
  readonly subject: DeviceSubject
  readonly at: number
  readonly receivedAt: number
  /** Identity of the event or fix; none when it was the clock. */
  readonly fixes: readonly string[]
}

/** What a happening makes of what is remembered of its subject. */
export function happen(known: DeviceEpisode | undefined, what: Happening, policy: DevicePolicy): DeviceEpisode {
  if (known === undefined || !isJoined(known, what.at, policy)) return begin(what, policy)
  if (known.endedAt === null && what.at - known.countedAt < policy.eventFoldMs) return { ...known, lastAt: what.at }
  return {
    ...known,
    lastAt: what.at,
    countedAt: what.at,
    endedAt: null,
    conclusion: null,
    entries: known.entries + 1,
    fixes: withFixes(known.fixes, what.fixes),
    policyVersion: policy.version,
  }
}

function begin({ subject, at, receivedAt, fixes }: Happening, policy: DevicePolicy): DeviceEpisode {
  return {
    subject,
    beganAt: at,
    receivedAt,
    lastAt: at,
    countedAt: at,
    endedAt: null,
    conclusion: null,
    entries: 1,
    fixes,
    policyVersion: policy.version,
    charge: null,
  }
}

function isJoined({ endedAt, conclusion }: DeviceEpisode, at: number, { eventFoldMs }: DevicePolicy): boolean {
  return endedAt === null || (conclusion === 'restored' && at - endedAt <= eventFoldMs)
}

export function restore(episode: DeviceEpisode, at: number, fixes: readonly string[]): DeviceEpisode {
  return { ...episode, endedAt: at, conclusion: 'restored', fixes: withFixes(episode.fixes, fixes) }
}

/** The episode at a later time, of which nothing but the clock tells. */
export function settle(episode: DeviceEpisode, until: number, { eventFoldMs }: DevicePolicy): DeviceEpisode {
  const conclusion = ENDS_BY_CLOCK[episode.subject]
  const endsAt = episode.lastAt + eventFoldMs
  if (conclusion === undefined || episode.endedAt !== null || until <= endsAt) return episode
  return { ...episode, endedAt: endsAt, conclusion }
}

export function isPast({ endedAt }: DeviceEpisode, until: number, { eventFoldMs }: DevicePolicy): boolean {
  return endedAt !== null && until - endedAt > eventFoldMs
}

/** Newest last, each once. */
export function withFixes(known: readonly string[], more: readonly string[]): readonly string[] {
  return [...known.filter(fix => !more.includes(fix)), ...more].slice(-MOST_FIXES)
}
