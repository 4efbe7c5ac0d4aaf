import type { Chance } from './chance.ts'

/** Something that comes at random and lasts for a while: a reflected signal, a lost one. */
export interface Spells {
  /** Seconds since the last asking in surroundings with so many an hour of such a mean length. True while one lasts. */
  step(seconds: number, perHour: number, meanS: number): boolean
  /** Whether the answer that was given is the first of its spell. */
  isNew(): boolean
}

/**
 * Onset by the probability of at least one in the time that passed, so that a fix a minute and four a minute meet them as often
 * per hour. The length counts from the onset within that time, drawn evenly.
 */
export function createSpells(chance: Chance): Spells {
  let leftS = 0
  let isNew = false
  return {
    step(seconds, perHour, meanS) {
      isNew = false
      leftS -= seconds
      if (leftS > 0) return true
      if (perHour > 0 && chance.uniform() < 1 - Math.exp((-perHour * seconds) / 3_600)) {
        leftS = chance.exponential(meanS) - chance.uniform() * seconds
        isNew = leftS > 0
      }
      return isNew
    },
    isNew: () => isNew,
  }
}
