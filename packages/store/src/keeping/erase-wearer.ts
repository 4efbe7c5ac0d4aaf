import type { Queryable, Store } from '../connection/store.ts'
import { countLeft } from './count-left.ts'
import { markErasureCertified, markErasureRemoved } from './end-erasure.ts'
import { findMentions } from './find-mentions.ts'
import { noteErased } from './note-erased.ts'
import {
  CASE_RELATIONS,
  FIXES_OF_ACTIVATION,
  QUARANTINE_OF_TAG,
  REGISTER_RELATIONS,
  SECRET_OF_ACTIVATION,
  TRACK_RELATIONS,
} from './personal-relations.ts'
import { readErasureObstacles } from './read-erasure-obstacles.ts'
import type { OpenErasure } from './read-open-erasures.ts'
import { redactAudit } from './redact-audit.ts'
import { FIRST_FIX, removeFixes } from './remove-fixes.ts'
import { removeQuarantineOfTags } from './remove-quarantine.ts'
import { removeRegister } from './remove-register.ts'
import { removeRows } from './remove-rows.ts'
import { takeKeepingLock } from './take-keeping-lock.ts'

export interface ErasureParts {
  readonly store: Store
  /** Between two slices: so that whoever writes live is not held up. */
  readonly rest: () => Promise<void>
  /** Rows of one transaction. */
  readonly rowsAtOnce?: number | undefined
}

/** Why an erasure does not go on now. It is taken up again later where it stopped. */
export type ErasureStop = { readonly stopped: string } | undefined

/** One table's slice: how many rows, and whether to come again. */
type Slice = (inside: Queryable) => Promise<{ readonly rows: number; readonly isLast: boolean }>

/**
 * Removes everything of a wearer, table by table, in slices of a transaction each, the wearer's own row last; every slice looks
 * first whether something stands against it, a legal hold say. What is already gone stays gone, whoever is killed in between.
 */
export async function eraseWearer(parts: ErasureParts, erasure: OpenErasure): Promise<ErasureStop> {
  return (await runSlices(parts, erasure, slicesOf(parts, erasure))) ?? removeLast(parts, erasure)
}

type NamedSlice = readonly [relation: string, slice: Slice]

async function runSlices(
  parts: ErasureParts,
  erasure: OpenErasure,
  slices: Iterable<NamedSlice>,
): Promise<ErasureStop> {
  for (const [relation, slice] of slices) {
    for (let isLast = false; !isLast; ) {
      const done = await runSlice(parts, erasure, { relation, slice })
      if ('stopped' in done) return done
      isLast = done.isLast
      await parts.rest()
    }
  }
  return undefined
}

function* slicesOf(
  { rowsAtOnce }: ErasureParts,
  { wearerId, activationIds, why, byWhom }: OpenErasure,
): Generator<NamedSlice> {
  const cause = { why, byWhom }
  const options = { cause, rowsAtOnce }
  for (const activationId of activationIds) {
    let from = FIRST_FIX
    yield [
      'fixes',
      async inside => {
        const { rows, next } = await removeFixes(inside, { activationId, from }, options)
        from = next ?? from
        return { rows, isLast: next === null }
      },
    ]
  }
  for (const relation of [...TRACK_RELATIONS, ...CASE_RELATIONS]) {
    const ids = relation.of === 'wearer' ? [wearerId] : activationIds
    yield [relation.relation, inside => removeRows(inside, relation, ids, options)]
  }
  yield ['quarantine', inside => removeQuarantineOfTags(inside, activationIds, options)]
  yield ['audit_entries', async inside => ({ rows: await redactAudit(inside, wearerId, cause), isLast: true })]
}

async function runSlice(
  { store }: ErasureParts,
  { id, wearerId }: OpenErasure,
  { relation, slice }: { readonly relation: string; readonly slice: Slice },
): Promise<{ readonly isLast: boolean } | { readonly stopped: string }> {
  return store.transaction(async inside => {
    const stopped = await reasonToStop(inside, wearerId)
    if (stopped !== undefined) return { stopped }
    const { rows, isLast } = await slice(inside)
    await noteErased(inside, id, relation, rows)
    return { isLast }
  })
}

async function reasonToStop(inside: Queryable, wearerId: string): Promise<string | undefined> {
  if (!(await takeKeepingLock(inside))) return 'somebody else removes something just now'
  const obstacles = await readErasureObstacles(inside, wearerId)
  return obstacles?.[0]
}

/** Found through the activation, so counted while it is still there. */
const FOUND_BY_TAG = [QUARANTINE_OF_TAG, ...[...TRACK_RELATIONS, ...CASE_RELATIONS].filter(isFoundByTag)]

function isFoundByTag({ relation }: { readonly relation: string }): boolean {
  return relation === 'command_acks' || relation === 'tag_statuses'
}

async function removeLast({ store }: ErasureParts, erasure: OpenErasure): Promise<ErasureStop> {
  const { id, wearerId, why, byWhom } = erasure
  const mentions = await findMentions(store, wearerId)
  return store.transaction(async inside => {
    const stopped = await reasonToStop(inside, wearerId)
    if (stopped !== undefined) return { stopped }
    const left = await countLeft(inside, FOUND_BY_TAG, erasure)
    if (sumOf(left) > 0) return { stopped: 'a tag of the wearer has sent something meanwhile' }
    const removed = await removeRegister(inside, wearerId, { why, byWhom })
    for (const [relation, rows] of Object.entries(removed)) await noteErased(inside, id, relation, rows)
    await markErasureRemoved(inside, id, { mentions, left })
    return undefined
  })
}

const BY_ID = [
  ...[FIXES_OF_ACTIVATION, SECRET_OF_ACTIVATION],
  ...[...TRACK_RELATIONS, ...CASE_RELATIONS, ...REGISTER_RELATIONS].filter(relation => !isFoundByTag(relation)),
]

/**
 * Some time after the removal: what a batch that was under way brought since is removed as well, then the secrets of the activations are
 * destroyed, and every table is asked for rows of the wearer. The certificate is given when there is none.
 */
export async function certifyErasure(parts: ErasureParts, erasure: OpenErasure): Promise<ErasureStop> {
  const stopped = await runSlices(parts, erasure, [...slicesOf(parts, erasure), destroySecrets(erasure)])
  if (stopped !== undefined) return stopped
  return parts.store.transaction(async inside => {
    const left = await countLeft(inside, BY_ID, erasure)
    if (sumOf(left) > 0) return { stopped: 'rows of the wearer have come in again' }
    await markErasureCertified(inside, erasure.id, left)
    return undefined
  })
}

function destroySecrets({ activationIds, why, byWhom }: OpenErasure): NamedSlice {
  const slice: Slice = inside => removeRows(inside, SECRET_OF_ACTIVATION, activationIds, { cause: { why, byWhom } })
  return [SECRET_OF_ACTIVATION.relation, slice]
}

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)
