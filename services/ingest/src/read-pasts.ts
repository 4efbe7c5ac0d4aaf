import type { ActivationId } from '@cordon/contract'
import {
  type Queryable,
  type RecordedIncident,
  type RecordedVisit,
  readCheckpoints,
  readRecordedIncidents,
  readRecordedVisits,
  readTimelines,
  type StoredObservation,
} from '@cordon/store'
import { type Observation, recordedSince, type Said, type Timeline, wrapEvent, wrapFix } from '@cordon/watch'
import type { KnownActivation } from './register/register.ts'

/** Which stretch is to be judged again: from the last checkpoint before this time, epoch ms. */
export interface Question {
  readonly activation: KnownActivation
  readonly rewindFrom: number
}

/** Where a stretch begins: the timeline until there; null for the beginning of the activation. */
export interface Start {
  readonly activation: KnownActivation
  readonly from: Timeline | null
}

export interface Stretch extends Start {
  readonly observations: readonly Observation[]
}

export async function readStarts(store: Queryable, questions: readonly Question[]): Promise<readonly Start[]> {
  const checkpoints = await readCheckpoints(
    store,
    questions.map(({ activation, rewindFrom }) => ({ activationId: activation.id, before: rewindFrom })),
  )
  const from = new Map(checkpoints.map(({ activationId, timeline }) => [activationId, timeline as Timeline]))
  return questions.map(({ activation }) => ({ activation, from: from.get(activation.id) ?? null }))
}

export interface StretchOptions {
  /** Only what was measured before it, epoch ms. */
  readonly to?: number
  /** Observations of all together; one activation alone is read however many there are. */
  readonly atMost?: number
}

/** All that was measured from there on, for some activations at once. null: there is more of it than asked for. */
export async function readStretches(
  store: Queryable,
  starts: readonly Start[],
  { atMost = Number.POSITIVE_INFINITY, ...options }: StretchOptions = {},
): Promise<readonly Stretch[] | null> {
  const places = starts.map(start => ({
    activationId: start.activation.id,
    after: start.from?.at ?? null,
    from: start.activation.from,
  }))
  const found = new Map<ActivationId, Observation[]>(places.map(({ activationId }) => [activationId, []]))
  let count = 0
  for await (const chunk of readTimelines(store, places, options)) {
    count += chunk.length
    if (starts.length > 1 && count > atMost) return null
    for (const stored of chunk) found.get(stored.activationId)?.push(toObservation(stored))
  }
  return starts.map(start => ({ ...start, observations: found.get(start.activation.id) ?? [] }))
}

export const toObservation = (stored: StoredObservation): Observation =>
  'fix' in stored ? wrapFix(stored.fix) : wrapEvent(stored.event)

/** Incidents and visits on record that what is judged from there on may be about, without those of silence. */
export async function readRecords(
  store: Queryable,
  starts: readonly Start[],
): Promise<ReadonlyMap<ActivationId, readonly Said[]>> {
  const asked = starts.map(({ activation, from }) => ({
    activationId: activation.id,
    since: from === null ? activation.from : recordedSince(from, activation.context),
  }))
  const [incidents, visits] = await Promise.all([readRecordedIncidents(store, asked), readRecordedVisits(store, asked)])
  const records = new Map<ActivationId, Said[]>(starts.map(({ activation }) => [activation.id, []]))
  for (const incident of incidents) records.get(incident.activationId)?.push(toSaid(incident))
  for (const visit of visits) records.get(visit.activationId)?.push(toVisit(visit))
  return records
}

/** On record it is not said how it came there: only what it says counts. */
const toSaid = (incident: RecordedIncident): Said => ({ type: 'incident', change: 'changed', late: false, ...incident })

const toVisit = (visit: RecordedVisit): Said => ({ type: 'visit', ...visit })
