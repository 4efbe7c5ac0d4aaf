import type { ActivationId } from '@cordon/contract'
import {
  type RecordedIncident,
  type RecordedVisit,
  readCheckpoints,
  readRecordedIncidents,
  readRecordedVisits,
  readTimelines,
  type Store,
  type StoredObservation,
} from '@cordon/store'
import { type Observation, recordedSince, type Said, type Timeline, wrapEvent, wrapFix } from '@cordon/watch'
import type { KnownActivation } from './register/register.ts'

/** Which stretch is to be judged again: from the last checkpoint before this time, epoch ms. */
export interface Question {
  readonly activation: KnownActivation
  readonly rewindFrom: number
}

export interface Past {
  readonly activation: KnownActivation
  readonly from: Timeline | null
  readonly observations: readonly Observation[]
  readonly recorded: readonly Said[]
}

/** All that is on record from the checkpoint on, for some activations at once: four statements, however many there are. */
export async function readPasts(
  store: Store,
  questions: readonly Question[],
  options: { readonly to?: number } = {},
): Promise<readonly Past[]> {
  const checkpoints = await readCheckpoints(
    store,
    questions.map(({ activation, rewindFrom }) => ({ activationId: activation.id, before: rewindFrom })),
  )
  const from = new Map(checkpoints.map(({ activationId, timeline }) => [activationId, timeline as Timeline]))
  const sinceOf = ({ id, from: beginning }: KnownActivation) => {
    const timeline = from.get(id)
    return timeline === undefined ? beginning : recordedSince(timeline)
  }
  const asked = questions.map(({ activation }) => ({ activationId: activation.id, since: sinceOf(activation) }))
  const [observations, incidents, visits] = await Promise.all([
    readObservations(store, questions, { from, ...options }),
    readRecordedIncidents(store, asked),
    readRecordedVisits(store, asked),
  ])
  const said = groupBy([...incidents.map(toSaid), ...visits.map(toVisit)], ({ activationId }) => activationId)
  return questions.map(({ activation }) => ({
    activation,
    from: from.get(activation.id) ?? null,
    observations: observations.get(activation.id) ?? [],
    recorded: said.get(activation.id) ?? [],
  }))
}

async function readObservations(
  store: Store,
  questions: readonly Question[],
  { from, ...options }: { readonly from: ReadonlyMap<ActivationId, Timeline>; readonly to?: number },
): Promise<ReadonlyMap<ActivationId, Observation[]>> {
  const starts = questions.map(({ activation }) => ({
    activationId: activation.id,
    after: from.get(activation.id)?.at ?? null,
    from: activation.from,
  }))
  const found = new Map<ActivationId, Observation[]>()
  for await (const chunk of readTimelines(store, starts, options)) {
    for (const stored of chunk) {
      const known = found.get(stored.activationId)
      if (known === undefined) found.set(stored.activationId, [toObservation(stored)])
      else known.push(toObservation(stored))
    }
  }
  return found
}

export const toObservation = (stored: StoredObservation): Observation =>
  'fix' in stored ? wrapFix(stored.fix) : wrapEvent(stored.event)

/** On record it is not said how it came there: only what it says counts. */
const toSaid = (incident: RecordedIncident): Said => ({ type: 'incident', change: 'changed', late: false, ...incident })

const toVisit = (visit: RecordedVisit): Said => ({ type: 'visit', ...visit })

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}
