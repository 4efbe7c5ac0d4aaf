/** Why nothing needs to be heard from a tag. No alarm, but on the roll-call. */
export interface KnownSilence {
  readonly kind: 'suspended' | 'pass' | 'beacon' | 'charging'
  /** In words: of a suspension the reason that was given for it. */
  readonly detail: string
}

export interface SilenceCauses {
  /** The reason of the suspension in force. */
  readonly suspension: string | null
  /** A pass without a corridor is in force. */
  readonly onPass: boolean
  readonly nearBeacon: boolean
  readonly charging: boolean
}

/** What a person decided comes before what the tag says. */
export function knownSilence({ suspension, onPass, nearBeacon, charging }: SilenceCauses): KnownSilence | null {
  if (suspension !== null) return { kind: 'suspended', detail: suspension }
  if (onPass) return { kind: 'pass', detail: 'on a pass' }
  if (nearBeacon) return { kind: 'beacon', detail: charging ? 'charging near the home beacon' : 'near the home beacon' }
  return charging ? { kind: 'charging', detail: 'charging' } : null
}
