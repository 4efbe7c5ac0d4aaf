import type { Queryable, Store } from '../connection/store.ts'
import { dropDueChunk, readOldChunks } from './drop-due-chunk.ts'
import { insertErasure } from './insert-erasure.ts'
import { markTrackRemoved } from './mark-track-removed.ts'
import {
  AGED_AUDIT,
  AGED_NEAR_MISSES,
  type PersonalRelation,
  SECRET_OF_ACTIVATION,
  TRACK_RELATIONS,
} from './personal-relations.ts'
import { readAgeLimits } from './read-age-limits.ts'
import { isTrackStillDue, readDueCases, readDueTracks } from './read-due.ts'
import type { RemovalCause } from './record-removals.ts'
import { FIRST_FIX, removeFixes } from './remove-fixes.ts'
import { removeOldQuarantine } from './remove-quarantine.ts'
import { removeRows } from './remove-rows.ts'
import { takeKeepingLock } from './take-keeping-lock.ts'

export interface RetentionParts {
  readonly store: Store
  /** Epoch milliseconds. */
  readonly now: number
  /** Milliseconds that a near miss is kept. */
  readonly nearMissesMs: number
  /** Between two slices: so that whoever writes live is not held up. */
  readonly rest: () => Promise<void>
  /** Rows of one transaction. */
  readonly rowsAtOnce?: number | undefined
}

/** What one run removed. */
export interface Retained {
  readonly chunks: number
  /** Activations whose track went. */
  readonly tracks: number
  /** Wearers of whom everything is to go now: by the way of an erasure. */
  readonly cases: number
  readonly nearMisses: number
  readonly quarantined: number
  readonly auditEntries: number
}

/** Stands for a rule where otherwise a person is named. No account may have this name. */
const BY_RULE: RemovalCause = { why: 'retention', byWhom: 'cordon' }
const IDS_AT_ONCE = 1_000

/**
 * Removes what its rule no longer keeps: whole chunks of fixes first, which costs next to nothing, then what is left by activation, in
 * slices. One slice at a time in the whole database: a second runner finds the lock taken and leaves the rest to the first.
 */
export async function runRetention(parts: RetentionParts): Promise<Retained> {
  const { store, now } = parts
  const { auditMs, quarantineMs } = await readAgeLimits(store)
  const chunks = await dropChunks(parts)
  const tracks = await removeTracks(parts)
  const nearMisses = await removeAged(parts, AGED_NEAR_MISSES, now - parts.nearMissesMs)
  const auditEntries = await removeAged(parts, AGED_AUDIT, now - auditMs)
  const quarantined = await removeQuarantine(parts, now - quarantineMs)
  const cases = await requestCases(parts)
  return { chunks, tracks, cases, nearMisses, quarantined, auditEntries }
}

async function dropChunks({ store, now, rest }: RetentionParts): Promise<number> {
  let dropped = 0
  for (const chunk of await readOldChunks(store, now)) {
    if ((await dropDueChunk(store, chunk, { now, cause: BY_RULE })) !== null) dropped += 1
    await rest()
  }
  return dropped
}

async function removeTracks(parts: RetentionParts): Promise<number> {
  let removed = 0
  for (let after = '0'; ; ) {
    const ids = await readDueTracks(parts.store, { now: parts.now, after, limit: IDS_AT_ONCE })
    for (const id of ids) if (await removeTrack(parts, id)) removed += 1
    const last = ids.at(-1)
    if (last === undefined || ids.length < IDS_AT_ONCE) return removed
    after = last
  }
}

type Removed = { readonly rows: number; readonly isLast: boolean } | undefined

/** False: it is no longer due, or somebody else is at work; what is left of it goes at the next run. */
async function removeTrack({ store, now, rest, rowsAtOnce }: RetentionParts, activationId: string): Promise<boolean> {
  const slice = { cause: BY_RULE, rowsAtOnce }
  const inTurn = <T>(work: Parameters<typeof store.transaction<T | undefined>>[0]) =>
    store.transaction(async inside => {
      const mayGo = (await takeKeepingLock(inside)) && (await isTrackStillDue(inside, activationId, now))
      return mayGo ? work(inside) : undefined
    })
  for (let from: string | null = FIRST_FIX; from !== null; ) {
    const start: string = from
    const done = await inTurn(inside => removeFixes(inside, { activationId, from: start }, slice))
    if (done === undefined) return false
    from = done.next
    if (done.rows > 0) await rest()
  }
  for (const relation of TRACK_RELATIONS) {
    for (let isLast = false; !isLast; ) {
      const done: Removed = await inTurn(inside => removeRows(inside, relation, [activationId], slice))
      if (done === undefined) return false
      isLast = done.isLast
      if (done.rows > 0) await rest()
    }
  }
  const end = async (inside: Queryable): Promise<true> => {
    await removeRows(inside, SECRET_OF_ACTIVATION, [activationId], slice)
    await markTrackRemoved(inside, activationId)
    return true
  }
  return (await inTurn(end)) === true
}

async function removeAged(parts: RetentionParts, relation: PersonalRelation, before: number): Promise<number> {
  if (!Number.isFinite(before)) return 0
  const { rowsAtOnce } = parts
  return removeSlices(parts, inside => removeRows(inside, relation, new Date(before), { cause: BY_RULE, rowsAtOnce }))
}

async function removeQuarantine(parts: RetentionParts, before: number): Promise<number> {
  if (!Number.isFinite(before)) return 0
  const { rowsAtOnce } = parts
  return removeSlices(parts, inside => removeOldQuarantine(inside, before, { cause: BY_RULE, rowsAtOnce }))
}

async function removeSlices(
  { store, rest }: RetentionParts,
  slice: (inside: Queryable) => Promise<Removed>,
): Promise<number> {
  for (let removed = 0; ; ) {
    const done = await store.transaction(async inside => ((await takeKeepingLock(inside)) ? slice(inside) : undefined))
    removed += done?.rows ?? 0
    if (done === undefined || done.isLast) return removed
    await rest()
  }
}

/** The wearer as a whole goes the way of an erasure: with its slices, its proof and its certificate. */
async function requestCases({ store, now }: RetentionParts): Promise<number> {
  const ids = await readDueCases(store, { now, after: '0', limit: IDS_AT_ONCE })
  const reason = 'the rule for cases: what it kept this wearer for is over'
  for (const wearerId of ids) await insertErasure(store, { wearerId, reason, reference: 'retention-rules' }, BY_RULE)
  return ids.length
}
