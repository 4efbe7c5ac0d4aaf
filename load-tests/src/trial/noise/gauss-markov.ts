import type { Chance } from './chance.ts'

/**
 * First-order Gauss-Markov process of unit variance in two axes: correlation exp(−Δt / τ), exact for any Δt. The surroundings'
 * σ multiplies it, so that stepping into a house changes the size of an error but not its direction at once.
 */
export interface GaussMarkov {
  readonly x: number
  readonly y: number
  step(seconds: number, tauS: number): void
}

export function createGaussMarkov(chance: Chance): GaussMarkov {
  const state = {
    x: chance.normal(),
    y: chance.normal(),
    step(seconds: number, tauS: number) {
      const kept = Math.exp(-seconds / tauS)
      const fresh = Math.sqrt(1 - kept * kept)
      state.x = kept * state.x + fresh * chance.normal()
      state.y = kept * state.y + fresh * chance.normal()
    },
  }
  return state
}
