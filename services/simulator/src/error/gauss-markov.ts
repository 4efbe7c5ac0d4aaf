import type { Random } from '../random/create-random.ts'

/** A random walk that is drawn back to 0: standard deviation 1, correlation exp(−Δt / τ) between times Δt apart. */
export interface GaussMarkov {
  /** Its value at a time not before the last one, epoch milliseconds. */
  at(time: number): number
}

/** First-order Gauss-Markov process in its exact discrete form (Gelb, Applied Optimal Estimation, 1974, section 3.6). */
export function createGaussMarkov(tauMs: number, random: Random): GaussMarkov {
  let value = random.normal()
  let last: number | undefined
  return {
    at: time => {
      if (last !== undefined && time > last) {
        const kept = Math.exp(-(time - last) / tauMs)
        value = kept * value + Math.sqrt(1 - kept * kept) * random.normal()
      }
      last = time
      return value
    },
  }
}
