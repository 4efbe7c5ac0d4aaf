/**
 * How many messages are due: an even flow of `rate` a second since `startAt`, whatever was answered meanwhile. Arrears of more than a
 * quarter of a second are given up and counted: a generator that was held up must not become a flood.
 */
export interface Pacer {
  /** To send now. */
  due(now: number): number
  sent(): void
  /** Given up so far. */
  notSent(): number
}

const MOST_ARREARS_MS = 250

export function createPacer(rate: number, startAt: number): Pacer {
  const perMs = rate / 1_000
  let settled = 0
  let notSent = 0
  return {
    due: now => {
      const due = Math.floor((now - startAt) * perMs) - settled
      const arrears = Math.floor(due - MOST_ARREARS_MS * perMs)
      if (arrears <= 0) return Math.max(0, due)
      settled += arrears
      notSent += arrears
      return due - arrears
    },
    sent: () => {
      settled++
    },
    notSent: () => notSent,
  }
}
