import type { Truth } from '../truth/create-truth-file.ts'

type Silence = Extract<Truth, { type: 'silence' }>

/** Puts on record each time in which the tag sent nothing for a while, once it is over; at the end of the run also one that is not. */
export interface SilenceLog {
  /** What it did at a time: it sent something, or why not. Times of the machine's clock, not running backwards. */
  pass(at: number, did: 'sent' | Silence['why']): void
  stop(): void
}

/** Milliseconds: shorter ones are nothing. */
const SHORTEST_SILENCE_MS = 120_000

export function createSilenceLog(tagId: string, add: (truth: Silence) => void): SilenceLog {
  let sentAt: number | undefined
  let now: number | undefined
  let why: Silence['why'] | undefined

  const end = (to: number) => {
    if (sentAt !== undefined && why !== undefined && to - sentAt >= SHORTEST_SILENCE_MS) {
      add({ type: 'silence', tagId, from: sentAt, to, why })
    }
    why = undefined
  }
  const pass: SilenceLog['pass'] = (at, did) => {
    now = at
    // Of a silence from the start on, the start is the beginning.
    sentAt ??= at
    if (did === 'sent') {
      end(at)
      sentAt = at
    } else why ??= did
  }
  return { pass, stop: () => now !== undefined && end(now) }
}
