import { asId, type DeviceEvent, type Fix, type Hours, type IncidentJudgement, type Judgement } from '@cordon/contract'
import { compileZone, type Position } from '@cordon/geofence'
import { compileHours } from '@cordon/hours'
import type { WatchedCondition } from '../condition/watched-condition.ts'
import { createWatchContext, type WatchContext, type WatchRegister } from '../context/watch-context.ts'
import { judge, wrapFix } from '../judge.ts'
import { defaultPolicy, type WatchPolicy } from '../policy/policy.ts'
import { emptyState, type WatchState } from '../state.ts'
import type { Observation } from '../timeline/observation.ts'

/** A square of 400 m round a place near Northampton; tests speak of metres east and north of its middle. */
const MIDDLE = { lon: -0.9, lat: 52.24 }
const METRES_PER_DEGREE = 111_195.08
/** A Monday, 10:00 in London. */
export const START = Date.UTC(2026, 4, 4, 9)
export const SECOND = 1_000
export const MINUTE = 60_000
export const HOUR = 3_600_000
const HALF_M = 200

export function placeAt(eastM: number, northM = 0): Position {
  const metresPerLon = METRES_PER_DEGREE * Math.cos((MIDDLE.lat * Math.PI) / 180)
  return [MIDDLE.lon + eastM / metresPerLon, MIDDLE.lat + northM / METRES_PER_DEGREE]
}

function square(halfM: number, eastM = 0): Position[] {
  const [west, east] = [eastM - halfM, eastM + halfM]
  const corners = [placeAt(west, -halfM), placeAt(east, -halfM), placeAt(east, halfM), placeAt(west, halfM)]
  return [...corners, placeAt(west, -halfM)]
}

export function zoneOf(halfM: number, bufferM = 0, eastM = 0) {
  const coordinates = [square(halfM, eastM)] as [number, number][][]
  return compileZone({ type: 'Polygon', coordinates }, { bufferM })
}

/** `at`: milliseconds after `START`. `east`: metres from the middle; the boundary is at 200. */
export interface FixSpec extends Partial<Fix> {
  readonly at: number
  readonly east?: number
  readonly north?: number
}

export function aFix({ at, east = 0, north = 0, ...given }: FixSpec): Fix {
  const [lon = 0, lat = 0] = placeAt(east, north)
  const measuredAt = START + at
  return {
    measuredAt,
    sentAt: null,
    receivedAt: measuredAt + SECOND,
    lon,
    lat,
    accuracyM: 10,
    source: 'gnss',
    seq: 0,
    speedMps: null,
    headingDeg: null,
    altitudeM: null,
    satellites: null,
    hdop: null,
    battery: null,
    ...given,
  }
}

export function anEvent(at: number, type: DeviceEvent['type'], given: Partial<DeviceEvent> = {}): DeviceEvent {
  const measuredAt = START + at
  return { measuredAt, receivedAt: measuredAt + SECOND, seq: 0, type, battery: null, ...given }
}

export function aCondition(given: Partial<WatchedCondition> = {}): WatchedCondition {
  const bufferM = given.bufferM ?? 0
  return {
    conditionId: asId('7'),
    zoneId: asId('70'),
    zoneVersion: 1,
    kind: 'exclusion',
    priority: 0,
    hours: null,
    from: START - HOUR,
    to: null,
    passes: [],
    zone: zoneOf(HALF_M, bufferM),
    bufferM,
    ...given,
  }
}

export const hoursOf = (from: string, to: string, more: Partial<Hours> = {}) =>
  compileHours({
    timeZone: 'Europe/London',
    weekly: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from, to }],
    ...more,
  })

/** What tests count on, whatever the defaults come to: the trial chooses those. */
const SETTINGS = {
  accuracyFactor: 1.25,
  stillCorrelationMs: 3 * MINUTE,
  possibleProbability: 0.7,
  confirmedProbability: 0.95,
  looksToConfirm: 1.5,
}
export const testPolicy: WatchPolicy = { ...defaultPolicy, ...SETTINGS }

export function aRegister(conditions: readonly WatchedCondition[], given: Partial<WatchRegister> = {}): WatchRegister {
  const activation = {
    activationId: asId<WatchRegister['activation']['activationId']>('5'),
    from: START - MINUTE,
    to: null,
  }
  const policies = [{ version: 1, from: 0, defaults: SETTINGS }]
  return { activation, conditions, policies, risk: 'standard', suspensions: [], ...given }
}

export const aContext = (...conditions: WatchedCondition[]): WatchContext =>
  createWatchContext(aRegister(conditions.length === 0 ? [aCondition()] : conditions))

/** One fix a minute, so many metres east of the middle. */
export function walk(easts: readonly number[], given: Partial<FixSpec> = {}): Fix[] {
  return easts.map((east, i) => aFix({ ...given, at: (given.at ?? 0) + i * MINUTE, east }))
}

/** The engine over a timeline, remembering its state. */
export class Watcher {
  state: WatchState = emptyState()
  context: WatchContext

  constructor(context: WatchContext = aContext()) {
    this.context = context
  }

  see(...fixes: readonly Fix[]): Judgement[] {
    return this.observe(...fixes.map(wrapFix))
  }

  observe(...observations: readonly Observation[]): Judgement[] {
    const said: Judgement[] = []
    for (const observation of observations) {
      const { state, judgements } = judge(this.state, observation, this.context)
      this.state = state
      said.push(...judgements)
    }
    return said
  }

  /** `at`: milliseconds after `START`. */
  tick(at: number, listening = true): readonly Judgement[] {
    const { state, judgements } = judge(this.state, { type: 'tick', at: START + at, listening }, this.context)
    this.state = state
    return judgements
  }
}

export function incidentsIn(judgements: readonly Judgement[]): IncidentJudgement[] {
  return judgements.filter(judgement => judgement.type === 'incident')
}

/** "raised exclusion-breach possible serious" for each incident judgement. */
export function told(judgements: readonly Judgement[]): string[] {
  return incidentsIn(judgements).map(
    ({ change, kind, certainty, conclusion }) =>
      `${change} ${kind} ${certainty}${conclusion === null ? '' : ` ${conclusion}`}`,
  )
}
