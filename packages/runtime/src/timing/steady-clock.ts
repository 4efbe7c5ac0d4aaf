import type { Clock } from './clock.ts'

/** A clock that does not believe in one witness. */
export interface SteadyClock extends Clock {
  /**
   * Compares with another machine's clock, read just now, epoch ms. Gives by how many ms this machine's own clock is off when it is
   * the one that is wrong, else 0.
   */
  compare(reference: number): number
}

export interface SteadyClockParts {
  /** This machine's clock, which somebody may set: epoch ms. */
  readonly wall: () => number
  /** Milliseconds that only ever grow evenly. */
  readonly monotonic: () => number
}

/** Clocks that agree to this are right: the network between them takes its time. */
const AGREE_MS = 5_000

/**
 * Counts on evenly from its last comparison, so that a step of the machine's clock changes nothing by itself. At a comparison there
 * are three witnesses: what it has counted, the machine's clock, and the other machine's. The middle one is taken: whichever one of
 * them was stepped, two are right. At the first comparison nothing has been counted that would be a witness, and the other machine,
 * by which everything is recorded, is believed when the two do not agree.
 */
export function createSteadyClock({ wall, monotonic }: SteadyClockParts): SteadyClock {
  let anchor = { at: wall(), counted: monotonic() }
  let isCompared = false
  const now = () => Math.round(anchor.at + monotonic() - anchor.counted)
  return {
    now,
    compare: reference => {
      const own = wall()
      const agrees = Math.abs(own - reference) <= AGREE_MS
      const first = agrees ? own : reference
      const at = isCompared ? middle(now(), own, reference) : first
      anchor = { at, counted: monotonic() }
      isCompared = true
      return Math.abs(own - at) <= AGREE_MS ? 0 : own - at
    },
  }
}

const middle = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
