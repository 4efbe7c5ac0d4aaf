import { asId, type Cursor, type TagId } from '@cordon/contract'
import type { Live } from '@cordon/live'
import { type Clock, type Logger, toError } from '@cordon/runtime'
import {
  affectedWearers,
  type ConfigurationChange,
  readConfigurationChanges,
  readConfigurationCursor,
  readPolicies,
  readTags,
  readWatchConfiguration,
  readWatchedWearers,
  type Store,
} from '@cordon/store'
import type { Register } from './register.ts'
import { createRegisterBook, type RegisterBook } from './register-book.ts'
import { serialise } from './serialise.ts'

export interface RunningRegister extends Register {
  /** Reads what has changed up to now. It happens by itself on every hint, and every 500 ms. */
  refresh(): Promise<void>
  /** What was committed before this, epoch ms by the clock, is known here. */
  readAt(): number
  /** Conditions that nobody watches: not zero is a fault. */
  readonly unwatched: () => number
  stop(): Promise<void>
}

export interface RegisterParts {
  readonly store: Store
  readonly live: Pick<Live, 'onConfiguration'>
  readonly clock: Clock
  readonly logger: Logger
}

/** A change made over HTTP is in force within a second even if its hint is lost. */
const POLL_MS = 500
const CHANGES_AT_ONCE = 5_000
/**
 * Activations that ended longer ago are not held in memory: what a tag kept for longer than this and sends at last is set
 * aside at whom the tag is fitted to now, as from before the activation.
 */
const KEEP_ENDED_MS = 31 * 86_400_000

/** Reads the whole register, then keeps it up to date: only the wearers that a change concerns are read again. */
export async function startRegister({ store, live, clock, logger }: RegisterParts): Promise<RunningRegister> {
  // The cursor first: what changes while the register is read is read twice, never not at all.
  let readAt = clock.now()
  let cursor = asId<Cursor>(await readConfigurationCursor(store))
  const book = createRegisterBook(logger)
  const endedAfter = () => clock.now() - KEEP_ENDED_MS
  book.putTags(await readTags(store))
  book.putPolicies(await readPolicies(store))
  await readEverybody(store, book, endedAfter())

  /** Who was read again; null: everybody, for a policy concerns all. */
  const readAgain = async (changes: readonly ConfigurationChange[]) => {
    if (changes.some(({ entity }) => entity === 'policies')) {
      book.putPolicies(await readPolicies(store))
      await readEverybody(store, book, endedAfter())
      return null
    }
    const wearerIds = await affectedWearers(store, changes)
    if (wearerIds.length > 0)
      book.put(await readWatchConfiguration(store, { wearerIds, endedAfter: endedAfter() }), wearerIds)
    return wearerIds
  }
  const take = async (changes: readonly ConfigurationChange[]) => {
    const tagIds = tagsIn(changes)
    if (tagIds.length > 0) book.putTags(await readTags(store, tagIds))
    const wearerIds = await readAgain(changes)
    logger.debug({ changes: changes.length, wearers: wearerIds?.length ?? 'all' }, 'register up to date')
  }
  const catchUp = async () => {
    for (;;) {
      const startedAt = clock.now()
      const changes = await readConfigurationChanges(store, cursor, CHANGES_AT_ONCE)
      if (changes.length > 0) await take(changes)
      cursor = changes.at(-1)?.cursor ?? cursor
      if (changes.length === CHANGES_AT_ONCE) continue
      readAt = startedAt
      return
    }
  }

  const reading = serialise(catchUp)
  const keepUp = createKeepUp(reading.run, logger)
  await live.onConfiguration(keepUp.look)
  const timer = setInterval(keepUp.look, POLL_MS)

  return {
    ...book.register,
    refresh: reading.run,
    readAt: () => readAt,
    unwatched: book.unwatched,
    stop: async () => {
      clearInterval(timer)
      keepUp.end()
      await reading.idle()
    },
  }
}

/**
 * Of one reading. Fifty wearers with ten zones of 64 vertices each are a megabyte of rows, which are parsed in one go. With twenty the
 * round trips cost more than was won. All 25,000 at once were a heap of more than a gigabyte, which Node does not give back.
 */
const WEARERS_AT_ONCE = 50

/**
 * Each wearer as of one moment, but not all as of the same: what changes meanwhile is after the cursor, and read again. The database
 * looks up the next ones while these are prepared.
 */
async function readEverybody(store: Store, book: RegisterBook, endedAfter: number): Promise<void> {
  const everybody = await readWatchedWearers(store, endedAfter)
  const begin = (from: number) => {
    const wearerIds = everybody.slice(from, from + WEARERS_AT_ONCE)
    if (wearerIds.length === 0) return null
    const configuration = readWatchConfiguration(store, { wearerIds, endedAfter })
    // a failure is thrown where it is waited for; should another be thrown before, nobody waits for this one
    configuration.catch(() => undefined)
    return { wearerIds, configuration }
  }
  let page = begin(0)
  for (let from = WEARERS_AT_ONCE; page !== null; from += WEARERS_AT_ONCE) {
    const configuration = await page.configuration
    const next = begin(from)
    book.put(configuration, page.wearerIds)
    page = next
  }
  book.forgetOthers(new Set(everybody))
}

const tagsIn = (changes: readonly ConfigurationChange[]): readonly TagId[] =>
  changes.filter(({ entity }) => entity === 'tags').map(({ entityId }) => asId<TagId>(entityId))

/** Looks for changes and says once when that fails, and once when it works again. */
function createKeepUp(refresh: () => Promise<void>, logger: Logger) {
  let isFailing = false
  let hasEnded = false
  const worked = () => {
    if (isFailing) logger.warn('the register is up to date again')
    isFailing = false
  }
  const failed = (error: unknown) => {
    if (!isFailing) logger.error({ err: toError(error) }, 'the register could not be brought up to date: trying again')
    isFailing = true
  }
  return {
    look: () => {
      if (!hasEnded) void refresh().then(worked, failed)
    },
    end: () => {
      hasEnded = true
    },
  }
}
