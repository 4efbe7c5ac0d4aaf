import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shareOf } from './share.ts'

it('gives every partition to somebody, and nobody two more than another', () => {
  const members = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(members, fc.integer({ min: 1, max: 64 }), (names, partitions) => {
      const shares = names.map(name => shareOf(names, name, partitions))
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(partitions)
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
    }),
  )
})

it('gives nothing to one that is not among them', () => {
  expect(shareOf(['a', 'b'], 'c', 8)).toBe(0)
})
