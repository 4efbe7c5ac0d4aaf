import type { Fix, IncidentKind, ZoneKind } from '@cordon/contract'
import { createFrame } from '../ground/frame.ts'
import type { Scenario } from '../scenario.ts'
import { createLieOf, type LieOf } from '../truth/lie-of-condition.ts'
import type { Detector, Told } from './detector.ts'

const KINDS: Readonly<Record<ZoneKind, IncidentKind>> = {
  exclusion: 'exclusion-breach',
  inclusion: 'inclusion-absence',
  restriction: 'restriction-breach',
  interest: 'exclusion-breach',
}

/**
 * What servers in use do: the dot decides, in the order of arrival. The alarm is raised at the n-th point in a row past the
 * boundary and ends with the first point that is not. It is given more than such servers have: the hours, passes and zone
 * versions of the moment of measurement.
 */
export function preparePointCounter(scenario: Scenario, pointsInRow: number): Detector {
  const { toLonLat } = createFrame(scenario.anchor)
  const metresOf = createInverse(toLonLat)
  const watched = scenario.conditions
    .filter(({ kind }) => kind !== 'interest')
    .map(condition => ({ condition, lieOf: createLieOf(condition, createFrame(scenario.anchor)) }))
  return arrivals => {
    const told: Told[] = []
    for (const { condition, lieOf } of watched) {
      const counter = createCounter(pointsInRow, (from, toldAt) => ({
        conditionId: condition.id,
        kind: KINDS[condition.kind],
        certainty: 'confirmed',
        from,
        to: null,
        toldAt,
        confirmedAt: toldAt,
        isDisproved: false,
      }))
      for (const arrival of arrivals) {
        if (arrival.type === 'fix') counter.add(arrival.fix, isPast(arrival.fix, lieOf))
      }
      told.push(...counter.told)
    }
    return { told, nearMisses: 0 }
  }

  function isPast(fix: Fix, lieOf: LieOf): boolean {
    const atS = (fix.measuredAt - scenario.startsAt) / 1_000
    if (atS < scenario.activation.fromS || atS >= scenario.activation.toS) return false
    return lieOf(atS, metresOf(fix), [fix.lon, fix.lat]).isPast
  }
}

function createInverse(toLonLat: (x: number, y: number) => [number, number]) {
  const [lon0, lat0] = toLonLat(0, 0)
  const [lon1, lat1] = toLonLat(1, 1)
  return ({ lon, lat }: Fix) => ({ x: (lon - lon0) / (lon1 - lon0), y: (lat - lat0) / (lat1 - lat0) })
}

function createCounter(pointsInRow: number, alarm: (from: number, toldAt: number) => Told) {
  const told: Told[] = []
  let [inRow, from, lastAt] = [0, 0, 0]
  return {
    told,
    add({ measuredAt, receivedAt }: Fix, isPast: boolean) {
      if (isPast) {
        if (inRow === 0) from = measuredAt
        inRow++
        lastAt = measuredAt
        if (inRow === pointsInRow) told.push(alarm(from, receivedAt))
        return
      }
      const open = inRow >= pointsInRow ? told.pop() : undefined
      if (open !== undefined) told.push({ ...open, from: Math.min(open.from, lastAt), to: Math.max(from, lastAt) })
      inRow = 0
    },
  }
}
