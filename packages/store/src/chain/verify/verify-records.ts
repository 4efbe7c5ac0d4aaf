import { APPENDED_RELATIONS, type ChainedRelation, WRITTEN_RELATIONS } from '../chained-relations.ts'
import type { Finding } from './finding.ts'
import { type Changed, countEntries, type Inserted, readChanged, readInserted } from './read-entries.ts'
import type { Period } from './read-stored-fixes.ts'
import type { VerifyParts } from './verify-parts.ts'

export const CHAINED_RELATIONS: readonly ChainedRelation[] = [
  ...Object.values<ChainedRelation>(WRITTEN_RELATIONS),
  ...APPENDED_RELATIONS,
]

/** What Cordon adds to is sealed some seconds later (seal-appended.ts): only then can it be missed there. */
const SEALED_WITHIN_MS = 300_000

export interface RecordsChecked {
  readonly relation: string
  readonly entries: number
}

/** Holds the rows of a relation that were recorded in the period against their newest entries. `now` in epoch ms. */
export async function verifyRecords(
  parts: VerifyParts,
  relation: ChainedRelation,
  period: Period,
  now: number,
): Promise<RecordsChecked> {
  const { snapshot, found } = parts
  for (const changed of await readChanged(snapshot, relation, period)) {
    if (!isLawful(parts, relation, changed)) found(toFinding(parts, relation, changed))
  }
  const from = Math.max(period.from, sealedSince(parts, relation))
  const to = Math.min(period.to, isAppended(relation) ? now - SEALED_WITHIN_MS : period.to)
  if (from < to)
    for (const row of await readInserted(snapshot, relation, { from, to })) found(toInserted(relation, row))
  return { relation: relation.name, entries: await countEntries(snapshot, relation, period) }
}

const isAppended = ({ name }: ChainedRelation) => APPENDED_RELATIONS.some(relation => relation.name === name)

/** What was only ever added to is sealed from its first row on; the rest from when there was a chain. */
const sealedSince = ({ chains }: VerifyParts, relation: ChainedRelation): number =>
  isAppended(relation) ? 0 : Math.min(...chains.filter(({ kind }) => kind === 'records').map(({ since }) => since))

/** Gone, or emptied of what says who it was about (audit entries), and a removal on record says so. */
export function isLawful(
  { coverage }: Pick<VerifyParts, 'coverage'>,
  { name }: ChainedRelation,
  changed: Changed,
): boolean {
  const { activationId, about, at, isThere, isSealed } = changed
  if (!isSealed || (isThere && name !== 'audit_entries')) return false
  return coverage.covers({ relation: name, activationId, about, sealedAt: at })
}

export function toFinding({ places }: VerifyParts, { name }: ChainedRelation, changed: Changed): Finding {
  const { key, chainId, position, after, at, isThere, isSealed } = changed
  const of = { table: name, row: key, batch: places.placeAt(chainId, position), between: [after, at] as const }
  if (!isThere) return { ...of, kind: 'missing', detail: 'was recorded and is not there; no removal covers it' }
  if (!isSealed) return { ...of, kind: 'inserted', detail: 'is there, though it was taken back' }
  return { ...of, kind: 'altered', detail: 'is not what was recorded' }
}

export const toInserted = ({ name }: ChainedRelation, { key, at }: Inserted): Finding => ({
  ...{ kind: 'inserted', table: name, row: key, batch: null, between: [null, null] },
  detail: `says that it is of ${new Date(at).toISOString()}, and no chain holds it`,
})
