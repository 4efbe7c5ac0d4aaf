import { createRandom } from '../../generator/random.ts'

/** Random numbers of one run. */
export interface Chance {
  /** [0, 1) */
  uniform(): number
  between(low: number, high: number): number
  /** Mean 0, variance 1 (Box and Muller). */
  normal(): number
  exponential(mean: number): number
}

export function createChance(seed: number): Chance {
  const uniform = createRandom(seed)
  let spare: number | undefined
  const normal = () => {
    if (spare !== undefined) {
      const kept = spare
      spare = undefined
      return kept
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
    const angle = 2 * Math.PI * uniform()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
  return {
    uniform,
    normal,
    between: (low, high) => low + (high - low) * uniform(),
    exponential: mean => -mean * Math.log(1 - uniform()),
  }
}

/** FNV-1a: a seed out of words, so that a scenario's runs do not change when another scenario is added before it. */
export function seedOf(...words: readonly (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const char of words.join('/')) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193)
  return hash >>> 0
}
