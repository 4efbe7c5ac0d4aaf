import type { Severity } from '@cordon/contract'
import type { DeviceSubject } from '../device/device-state.ts'
import type { EpisodeView } from '../told/episode-view.ts'

/** A silence without a known reason: plain JSON, times epoch ms by the clock of the service. */
export interface Silent {
  readonly beganAt: number
  readonly endedAt: number | null
  readonly conclusion: 'restored' | 'lapsed' | null
  readonly severity: Severity
  readonly policyVersion: number
  /** Milliseconds: what was waited for, and the grace within it. */
  readonly allowedMs: number
  readonly graceMs: number
  readonly neverHeard: boolean
  readonly after: DeviceSubject | null
}

/** Never before its beginning, even if the clock was set back in between. */
export function endSilent(silent: Silent, at: number, conclusion: 'restored' | 'lapsed'): Silent {
  return { ...silent, endedAt: Math.max(at, silent.beganAt), conclusion }
}

export function viewOfSilent(silent: Silent): EpisodeView {
  const { beganAt, endedAt, conclusion, severity, policyVersion } = silent
  return {
    subject: 'silence',
    kind: 'silence',
    severity,
    certainty: 'confirmed',
    beganAt,
    happenedAt: beganAt,
    receivedAt: beganAt,
    endedAt,
    conclusion,
    conditionId: null,
    zoneId: null,
    zoneVersion: null,
    reason: { text: textOf(silent), fixes: [], policyVersion, beganAt, entries: 1 },
  }
}

const TROUBLES: Record<DeviceSubject, string> = {
  strap: 'its strap was cut',
  case: 'its case was opened',
  power: 'power-off',
  jamming: 'jamming was suspected',
  battery: 'its battery was low',
}

/** One sentence, without names and times: the console writes those. */
function textOf({ neverHeard, after, allowedMs, graceMs, conclusion }: Silent): string {
  const what = neverHeard ? 'Nothing was ever heard from the tag' : 'Nothing was heard from the tag'
  const cause = after === null ? '' : ` after ${TROUBLES[after]}`
  const plan = `a report is expected every ${inWords(allowedMs - graceMs)}, with ${inWords(graceMs)} of grace`
  return `${what}${cause}: ${plan}${conclusion === null ? ', and no reason is known.' : ENDINGS[conclusion]}`
}

const ENDINGS = {
  restored: '; it reports again.',
  lapsed: '; a reason is known since, or its activation ended.',
}

function inWords(ms: number): string {
  const seconds = Math.round(ms / 1_000)
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`
}
