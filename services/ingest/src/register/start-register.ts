import { type ActivationId, asId, type Cursor, type TagId, type WearerId } from '@cordon/contract'
import type { Live } from '@cordon/live'
import { type Logger, toError } from '@cordon/runtime'
import {
  affectedWearers,
  type ConfigurationChange,
  readConfigurationChanges,
  readConfigurationCursor,
  readTags,
  readWatchConfiguration,
  type Store,
  type WatchConfiguration,
} from '@cordon/store'
import type { KnownActivation, KnownTag, Register } from './register.ts'
import { toWatched, type ZoneCache } from './watched-conditions.ts'

export interface RunningRegister extends Register {
  /** Reads what has changed now. Meant for tests; it happens by itself on every hint, and every 500 ms. */
  refresh(): Promise<void>
  /** Conditions that nobody watches: not zero is a fault. */
  unwatched(): number
  stop(): Promise<void>
}

export interface RegisterParts {
  readonly store: Store
  readonly live: Pick<Live, 'onConfiguration'>
  readonly logger: Logger
}

/** A change made over HTTP is in force within a second even if its hint is lost. */
const POLL_MS = 500
const CHANGES_AT_ONCE = 5_000

/** Reads the whole register, then keeps it up to date: only the wearers that a change concerns are read again. */
export async function startRegister({ store, live, logger }: RegisterParts): Promise<RunningRegister> {
  // The cursor first: what changes while the register is read is read twice, never not at all.
  let cursor = asId<Cursor>(await readConfigurationCursor(store))
  const book = createBook(logger)
  book.putTags(await readTags(store))
  book.put(await readWatchConfiguration(store), null)

  const catchUp = async () => {
    for (;;) {
      const changes = await readConfigurationChanges(store, cursor, CHANGES_AT_ONCE)
      if (changes.length === 0) return
      const tagIds = tagsIn(changes)
      if (tagIds.length > 0) book.putTags(await readTags(store, tagIds))
      const wearerIds = await affectedWearers(store, changes)
      if (wearerIds.length > 0) book.put(await readWatchConfiguration(store, { wearerIds }), wearerIds)
      cursor = changes.at(-1)?.cursor ?? cursor
      logger.debug({ changes: changes.length, wearers: wearerIds.length }, 'register up to date')
    }
  }
  const refresh = serialised(catchUp)
  const refreshAndLog = () =>
    void refresh().catch((error: unknown) =>
      logger.error({ err: toError(error) }, 'the register could not be brought up to date'),
    )
  await live.onConfiguration(refreshAndLog)
  const timer = setInterval(refreshAndLog, POLL_MS)

  return {
    ...book.register,
    refresh,
    unwatched: book.unwatched,
    stop: async () => {
      clearInterval(timer)
      await refresh().catch(() => undefined)
    },
  }
}

const tagsIn = (changes: readonly ConfigurationChange[]): readonly TagId[] =>
  changes.filter(({ entity }) => entity === 'tags').map(({ entityId }) => asId<TagId>(entityId))

/** Runs one at a time; calls that come while it runs share the one run that follows. */
function serialised(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  const run = () => {
    running = work().finally(() => {
      running = undefined
    })
    return running
  }
  return () => {
    if (running === undefined) return run()
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined
        return run()
      })
    return next
  }
}

/** The register in memory, by tag and by wearer. */
function createBook(logger: Logger) {
  const tags = new Map<TagId, KnownTag & { activations: KnownActivation[] }>()
  const byId = new Map<ActivationId, KnownActivation>()
  const byWearer = new Map<WearerId, KnownActivation[]>()
  const unwatchedOf = new Map<WearerId, number>()
  const cache: ZoneCache = new Map()

  const forget = (wearerId: WearerId) => {
    for (const activation of byWearer.get(wearerId) ?? []) {
      byId.delete(activation.id)
      const tag = tags.get(activation.tagId)
      if (tag !== undefined) tag.activations = tag.activations.filter(({ id }) => id !== activation.id)
    }
    byWearer.delete(wearerId)
    unwatchedOf.delete(wearerId)
  }

  const add = (activation: KnownActivation) => {
    byId.set(activation.id, activation)
    byWearer.set(activation.wearerId, [...(byWearer.get(activation.wearerId) ?? []), activation])
    const tag = tags.get(activation.tagId)
    if (tag !== undefined) tag.activations = [...tag.activations, activation].sort((a, b) => a.from - b.from)
  }

  return {
    putTags: (known: Awaited<ReturnType<typeof readTags>>) => {
      for (const { id, protocol } of known) tags.set(id, { protocol, activations: tags.get(id)?.activations ?? [] })
    },
    /** Replaces these wearers, or everybody. */
    put: ({ activations, zones }: WatchConfiguration, wearerIds: readonly WearerId[] | null) => {
      for (const wearerId of wearerIds ?? [...byWearer.keys()]) forget(wearerId)
      for (const { activation, conditions } of activations) {
        const watched = conditions.map(condition => ({ condition, result: toWatched(condition, zones, cache) }))
        const { id, wearerId, tagId, from, to } = activation
        for (const { condition, result } of watched) {
          if (typeof result !== 'string') continue
          unwatchedOf.set(wearerId, (unwatchedOf.get(wearerId) ?? 0) + 1)
          logger.error({ conditionId: condition.conditionId, why: result }, 'a condition is watched by nobody')
        }
        add({
          id,
          wearerId,
          tagId,
          from,
          to,
          conditions: watched.flatMap(({ result }) => (typeof result === 'string' ? [] : result)),
        })
      }
    },
    unwatched: () => [...unwatchedOf.values()].reduce((sum, count) => sum + count, 0),
    register: {
      tag: id => tags.get(id),
      activation: id => byId.get(id),
      activations: () => byId.values(),
    } satisfies Register,
  }
}
