import { asId } from '@cordon/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openGroupBook } from '../condition/condition-group.ts'
import { aCondition, aRegister, placeAt, zoneOf } from '../testing/timeline.fixture.ts'
import { createSurroundings } from './surroundings.ts'

const { activation } = aRegister([])
const groupsOf = (...easts: readonly number[]) =>
  openGroupBook(
    easts.map((east, i) => aCondition({ conditionId: asId(`${i + 1}`), zone: zoneOf(100, 0, east) })),
    activation,
  )
const at = (eastM: number, northM = 0) => {
  const [lon = 0, lat = 0] = placeAt(eastM, northM)
  return { lon, lat }
}
const idsOf = (found: readonly { readonly conditionId: string }[]) => found.map(({ conditionId }) => conditionId).sort()

describe('what lies around a wearer', () => {
  it('is nothing when there is nothing', () => {
    expect(createSurroundings(groupsOf()).within(at(0), 1e6)).toEqual([])
  })

  it('is every zone within reach, and few others', () => {
    const surroundings = createSurroundings(groupsOf(0, 2_000, 20_000))
    expect(idsOf(surroundings.within(at(1_000), 100))).toEqual([])
    expect(idsOf(surroundings.within(at(1_000), 1_000))).toEqual(['1', '2'])
    expect(idsOf(surroundings.within(at(19_800), 200))).toEqual(['3'])
    expect(idsOf(surroundings.within(at(10_000), 100))).toEqual([])
  })

  it('costs no search for the next steps of a walk: the very same answer', () => {
    const surroundings = createSurroundings(groupsOf(0))
    const first = surroundings.within(at(500), 100)
    expect(surroundings.within(at(600), 100)).toBe(first)
    expect(surroundings.within(at(1_500), 100)).not.toBe(first)
  })

  it('misses no zone, wherever the walk goes', () => {
    const walks = fc.array(
      fc.record({ east: fc.integer({ min: -5_000, max: 5_000 }), reachM: fc.integer({ min: 1, max: 900 }) }),
    )
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5_000, max: 5_000 }), { minLength: 1, maxLength: 8 }),
        walks,
        (easts, way) => {
          const surroundings = createSurroundings(groupsOf(...easts))
          for (const { east, reachM } of way) {
            const near = easts.flatMap((zone, i) => (Math.abs(zone - east) - 100 < reachM - 1 ? [`${i + 1}`] : []))
            expect(idsOf(surroundings.within(at(east), reachM))).toEqual(expect.arrayContaining(near))
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})
