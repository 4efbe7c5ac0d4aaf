import { WEARER_FLAGS } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { distanceM } from '../ground/point.ts'
import { createPopulation } from './create-population.ts'

const { wearers } = createPopulation(1, 200)

describe('createPopulation', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(createPopulation(1, 200).wearers).toEqual(wearers)
    expect(createPopulation(2, 200).wearers).not.toEqual(wearers)
  })

  it('makes people of whom no two share a name, a reference or a tag', () => {
    for (const part of ['name', 'reference', 'tagId'] as const) {
      expect(new Set(wearers.map(wearer => wearer[part])).size).toBe(200)
    }
    for (const { tagId, reference } of wearers) {
      expect(tagId).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
      expect(reference).toMatch(/^[A-Z]\d{6}$/)
    }
  })

  it('gives several of them each place to avoid, and each flag and level to some', () => {
    const sharing = new Map<string, number>()
    for (const { avoid } of wearers) sharing.set(avoid.name, (sharing.get(avoid.name) ?? 0) + 1)
    expect(sharing.size).toBeGreaterThanOrEqual(20)
    expect([...sharing.values()].filter(count => count > 1).length).toBeGreaterThan(15)
    for (const flag of WEARER_FLAGS) expect(wearers.some(({ flags }) => flags.includes(flag))).toBe(true)
    expect(new Set(wearers.map(({ mappaLevel }) => mappaLevel))).toEqual(new Set([1, 2, 3]))
  })

  it('puts home and work well away from the place to avoid, and inside the county', () => {
    for (const { home, work, avoid } of wearers) {
      for (const place of work === null ? [home] : [home, work]) {
        expect(distanceM(place, avoid)).toBeGreaterThan(1_500)
        expect(place.lon).toBeGreaterThan(-1.4)
        expect(place.lon).toBeLessThan(-0.3)
        expect(place.lat).toBeGreaterThan(51.98)
        expect(place.lat).toBeLessThan(52.65)
      }
    }
  })
})
