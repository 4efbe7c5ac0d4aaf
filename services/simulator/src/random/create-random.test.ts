import { describe, expect, it } from 'vitest'
import { createRandom, shuffled } from './create-random.ts'

const drawn = (...keys: (string | number)[]) => {
  const random = createRandom(...keys)
  return Array.from({ length: 20_000 }, () => random.next())
}

describe('createRandom', () => {
  it('gives the same stream for the same keys and another for any other', () => {
    expect(drawn('life', 1, 'nc-1')).toEqual(drawn('life', 1, 'nc-1'))
    expect(drawn('life', 1, 'nc-1')).not.toEqual(drawn('life', 1, 'nc-2'))
    expect(drawn('life', 1).slice(0, 3)).not.toEqual(drawn('life', 2).slice(0, 3))
  })

  it('is even over [0, 1), also in the first numbers of neighbouring keys', () => {
    const firsts = Array.from({ length: 20_000 }, (_, key) => createRandom('key', key).next())
    for (const numbers of [drawn('even'), firsts]) {
      const tenths = Array.from({ length: 10 }, (_, tenth) => numbers.filter(n => Math.floor(n * 10) === tenth).length)
      // 2,000 each, standard deviation 42
      for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(200)
    }
  })

  it('draws normal numbers of mean 0 and deviation 1', () => {
    const random = createRandom('normal')
    const numbers = Array.from({ length: 20_000 }, () => random.normal())
    const mean = numbers.reduce((sum, n) => sum + n, 0) / numbers.length
    const variance = numbers.reduce((sum, n) => sum + (n - mean) ** 2, 0) / numbers.length
    expect(Math.abs(mean)).toBeLessThan(0.03)
    expect(Math.abs(Math.sqrt(variance) - 1)).toBeLessThan(0.03)
  })

  it('shuffles without losing or doubling anything', () => {
    const list = Array.from({ length: 50 }, (_, n) => n)
    const other = shuffled(list, createRandom('shuffle'))
    expect(other).not.toEqual(list)
    expect(other.toSorted((a, b) => a - b)).toEqual(list)
  })
})
