import type { FixMessage } from '@cordon/contract'
import { createRandom, type Random, shuffled } from '../random/create-random.ts'
import type { FaultRates } from './fault-rates.ts'
import { malformedOf } from './malformed.ts'

/** A fix with what is true of it; the truth goes with it until the broker has the message. */
export interface TrueFix {
  readonly message: FixMessage
  readonly trueLon: number
  readonly trueLat: number
  readonly isJump: boolean
}

/** One MQTT message of fixes, or one that is none. */
export type Outgoing =
  | { readonly kind: 'fixes'; readonly fixes: readonly TrueFix[] }
  | { readonly kind: 'malformed'; readonly payload: Buffer }

export interface Faults {
  /** What is sent at the time of a fix, in its order: usually the fix, alone. */
  pass(fix: TrueFix): readonly Outgoing[]
}

export interface FaultsOptions {
  readonly seed: number
  readonly tagId: string
  readonly rates: FaultRates
}

/** Fixes. */
const LATE = { least: 4, most: 20 }
const SILENT = { least: 4, most: 40 }
/** Of the late batches, this share is not in the order of measurement. */
const MIXED_SHARE = 0.3

/*
 * A tag is on the air, in a gap (fixes are kept for one message at its end) or silent (there are none); gaps and silences
 * begin by chance on the air and last a number of fixes. A message that changes places waits, on the air, for the next.
 */
type State =
  | { readonly name: 'on-air' }
  | { readonly name: 'gap'; readonly left: number; readonly kept: readonly TrueFix[] }
  | { readonly name: 'silent'; readonly left: number }

const ON_AIR: State = { name: 'on-air' }

export function createFaults({ seed, tagId, rates }: FaultsOptions): Faults {
  const random = createRandom('faults', seed, tagId)
  let state: State = ON_AIR
  let waiting: Outgoing | undefined

  const sendNow = (message: Outgoing): Outgoing[] => {
    const messages = [message, ...(waiting === undefined ? [] : [waiting])]
    waiting = undefined
    return random.chance(rates.duplicate) ? [...messages, message] : messages
  }
  const onAir = (fix: TrueFix): Outgoing[] => {
    const message: Outgoing = { kind: 'fixes', fixes: [fix] }
    if (waiting === undefined && random.chance(rates.disorder)) {
      waiting = message
      return []
    }
    return sendNow(message)
  }
  const good = (fix: TrueFix): Outgoing[] => {
    if (state.name === 'on-air') state = begun(rates, random)
    switch (state.name) {
      case 'on-air':
        return onAir(fix)
      case 'silent':
        state = state.left > 1 ? { ...state, left: state.left - 1 } : ON_AIR
        return []
      case 'gap': {
        const kept = [...state.kept, fix]
        const { left } = state
        state = left > 1 ? { name: 'gap', left: left - 1, kept } : ON_AIR
        if (left > 1) return []
        return sendNow({ kind: 'fixes', fixes: random.chance(MIXED_SHARE) ? shuffled(kept, random) : kept })
      }
    }
  }
  const withMalformed = createSpoiler(rates, random)
  return { pass: fix => good(fix).flatMap(message => withMalformed(message, fix)) }
}

/** Now and then puts a malformed message before a good one. With r / (1 − r) of them for each, their share is r. */
function createSpoiler({ malformed }: FaultRates, random: Random) {
  let count = 0
  return (message: Outgoing, fix: TrueFix): Outgoing[] => {
    if (!random.chance(malformed / (1 - malformed))) return [message]
    return [{ kind: 'malformed', payload: malformedOf(fix.message, ++count, random) }, message]
  }
}

function begun(rates: FaultRates, random: Random): State {
  if (random.chance(rates.silence)) return { name: 'silent', left: random.whole(SILENT.least, SILENT.most) }
  if (random.chance(rates.late)) return { name: 'gap', left: random.whole(LATE.least, LATE.most), kept: [] }
  return ON_AIR
}
