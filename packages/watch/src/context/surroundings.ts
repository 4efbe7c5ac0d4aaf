import { createZoneIndex } from '@cordon/geofence'
import { flatDistanceM } from '../belief/flat-distance.ts'
import type { ConditionGroup, GroupBook } from '../condition/condition-group.ts'
import type { ListedCondition } from '../condition/condition-list.ts'

interface Place {
  readonly lon: number
  readonly lat: number
}

export interface Surroundings {
  /** Every group, in order, of which a zone's box, grown by its buffer, comes within `reachM` metres of the place; some farther ones too. */
  within(place: Place, reachM: number): readonly ConditionGroup[]
}

/** Metres that are looked around for more than was asked, so that the next fixes of a walk need no search at all. */
const MARGIN_M = 500

const FAR: readonly ConditionGroup[] = []

/**
 * What lies around the wearer. A search tells what is within a distance of the place it was made for; while the wearer is so far
 * inside that circle that nothing else can be within reach, its answer holds. Most fixes of most people cost one distance.
 */
export function createSurroundings({ others, of }: Pick<GroupBook, 'others' | 'of'>): Surroundings {
  if (others.length === 0) return { within: () => FAR }
  const index = createZoneIndex(others.map(({ zone }) => zone))
  let place: Place = { lon: Number.NaN, lat: Number.NaN }
  let knownM = 0
  let found: readonly ConditionGroup[] = FAR

  return {
    within(here, reachM) {
      if (flatDistanceM(place, here) + reachM <= knownM) return found
      place = { lon: here.lon, lat: here.lat }
      knownM = reachM + MARGIN_M
      const groupsFound = new Set<ConditionGroup>()
      for (const at of index.near(here.lon, here.lat, knownM)) {
        groupsFound.add(of((others[at] as ListedCondition).conditionId) as ConditionGroup)
      }
      found = groupsFound.size === 0 ? FAR : [...groupsFound]
      return found
    },
  }
}
