import { type ActivationId, asId, type NearMiss, type NearMissRecord, type WearerId } from '@cordon/contract'
import type { Logger } from '@cordon/runtime'
import {
  listNearMisses,
  listWearers,
  type Queryable,
  readPolicies,
  readWatchConfiguration,
  readWatchStates,
  type Store,
} from '@cordon/store'
import { emptyState, type Said, type WatchState } from '@cordon/watch'
import { readRecords, readStarts, readStretches, type Stretch } from '../read-pasts.ts'
import type { KnownActivation } from '../register/register.ts'
import { createRegisterBook } from '../register/register-book.ts'
import type { RejudgeOptions } from './options.ts'

/** One activation as it was judged: what was measured, by what it is judged, and what is on record. */
export interface Judged extends Stretch {
  readonly state: WatchState
  readonly recorded: readonly Said[]
  readonly nearMisses: readonly NearMissRecord[]
}

/** By id, or else by the very reference. Throws a RangeError when there is none. */
export async function findWearer(store: Queryable, wearer: string): Promise<WearerId> {
  const searches = [...(/^\d{1,18}$/.test(wearer) ? [{ id: wearer }] : []), { text: wearer }]
  for (const search of searches) {
    const { items } = await listWearers(store, { ...search, caseload: undefined }, { limit: 1_000 })
    const found = items.find(({ id, reference }) => id === wearer || reference === wearer)
    if (found !== undefined) return asId<WearerId>(found.id)
  }
  throw new RangeError(`no wearer has the id or the reference "${wearer}"`)
}

/** The activations of the wearer that reach into the time, with everything that is stored of them; the register as it is now. */
export async function readJudged(
  store: Store,
  wearerId: WearerId,
  { from, to, logger }: Pick<RejudgeOptions, 'from' | 'to'> & { readonly logger: Logger },
): Promise<readonly Judged[]> {
  const book = createRegisterBook(logger)
  book.putPolicies(await readPolicies(store))
  book.put(await readWatchConfiguration(store, { wearerIds: [wearerId] }), [wearerId])
  const activations = [...book.register.activations()].filter(
    activation => activation.from < to && (activation.to === null || activation.to > from),
  )
  // one moment of the database: ingest may be judging this very wearer
  return store.transaction(async inside => {
    await inside.execute('set transaction isolation level repeatable read, read only')
    return readStored(inside, activations, { wearerId, from, to })
  })
}

async function readStored(
  store: Queryable,
  activations: readonly KnownActivation[],
  { wearerId, from, to }: { readonly wearerId: WearerId; readonly from: number; readonly to: number },
): Promise<readonly Judged[]> {
  const starts = await readStarts(
    store,
    activations.map(activation => ({ activation, rewindFrom: from })),
  )
  const stretches = (await readStretches(store, starts)) ?? []
  const records = await readRecords(store, starts)
  const states = await readStates(store, new Set(activations.map(({ id }) => id)))
  const nearMisses = await readNearMisses(store, { wearerId, from, to })
  return stretches.map(stretch => {
    const { id } = stretch.activation
    return {
      ...stretch,
      state: states.get(id) ?? emptyState(),
      recorded: records.get(id) ?? [],
      nearMisses: nearMisses.filter(({ activationId }) => activationId === id),
    }
  })
}

async function readStates(
  store: Queryable,
  wanted: ReadonlySet<ActivationId>,
): Promise<ReadonlyMap<ActivationId, WatchState>> {
  const { version } = emptyState()
  const states = new Map<ActivationId, WatchState>()
  for await (const page of readWatchStates(store)) {
    for (const { activationId, state } of page) {
      // of an engine that remembered otherwise: the same as none
      if (wanted.has(activationId) && (state as WatchState).version === version)
        states.set(activationId, state as WatchState)
    }
  }
  return states
}

async function readNearMisses(
  store: Queryable,
  { wearerId, from, to }: { readonly wearerId: WearerId; readonly from: number; readonly to: number },
): Promise<readonly NearMissRecord[]> {
  const search = { wearerId, from: isoOf(from), to: isoOf(to), caseload: undefined }
  const all: NearMissRecord[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listNearMisses(store, search, { cursor, limit: 1_000 })
    all.push(...page.items)
    cursor = page.next
  }
  return all
}

const isoOf = (at: number): string => new Date(at).toISOString()

/** As the engine says it. */
export const toNearMiss = ({ activationId, conditionId, zoneId, from, to, reason }: NearMissRecord): NearMiss => ({
  ...reason,
  ...{ type: 'near-miss', activationId: asId(activationId), conditionId: asId(conditionId), zoneId: asId(zoneId) },
  ...{ from: Date.parse(from), to: Date.parse(to) },
})
