import { batchIdOf } from '../link-fixes.ts'
import { type Manifest, type ManifestEntry, type ManifestFormat, unpackManifest } from '../manifest.ts'
import { createMarker, type Marker } from '../mark-fixes.ts'
import { type BatchDifference, compareBatch } from './compare-batch.ts'
import type { Finding } from './finding.ts'
import { type FixLink, readFixLinks } from './read-links.ts'
import { type Period, readStoredFixes, type StoredFix } from './read-stored-fixes.ts'
import type { VerifyParts } from './verify-parts.ts'
import type { KnownSecrets } from './verify-secrets.ts'

export interface FixesChecked {
  readonly rows: number
  readonly batches: number
  /** Recorded before there was a chain: nothing can be said of them. */
  readonly unsealed: number
  /** There, and nothing can be said of them, because the secret of their activation is not what it was. */
  readonly unproven: number
}

export interface FixesParts extends VerifyParts {
  readonly secrets: KnownSecrets
}

const TABLE = 'fixes'
const iso = (at: number) => (Number.isFinite(at) ? new Date(at).toISOString() : String(at))

/** Holds the fixes measured in the period against the links that hold them: both come in the order of their batches. */
export async function verifyFixes(parts: FixesParts, period: Period): Promise<FixesChecked> {
  const links = await readFixLinks(parts.snapshot, period)
  const since = Math.min(...parts.chains.filter(({ kind }) => kind === 'fixes').map(chain => chain.since))
  const [counted, waiting, markOf] = [{ rows: 0, unsealed: 0, unproven: 0 }, links.values(), createMarker()]
  let { value: link } = waiting.next()
  const checkNext = (rows: readonly StoredFix[]): void => {
    if (link !== undefined) counted.unproven += checkLink({ ...parts, markOf }, period, link, rows)
    link = waiting.next().value
  }
  for await (const { batchId, rows } of batchesOf(readStoredFixes(parts.snapshot, period))) {
    counted.rows += rows.length
    const unknown = batchId === null ? rows.filter(({ receivedAt }) => receivedAt >= since) : []
    if (batchId === null) {
      counted.unsealed += rows.length - unknown.length
      for (const row of unknown) reportUnknown(parts, row)
      continue
    }
    while (link !== undefined && batchIdOf(link) < batchId) checkNext([])
    if (link !== undefined && batchIdOf(link) === batchId) checkNext(rows)
    else for (const row of rows) reportUnknown(parts, row)
  }
  while (link !== undefined) checkNext([])
  return { ...counted, batches: links.filter(({ measuredFrom }) => measuredFrom >= period.from).length }
}

interface StoredBatch {
  readonly batchId: number | null
  readonly rows: readonly StoredFix[]
}

/** Rows of no batch can be millions, so not all of them at once. */
const ROWS_AT_ONCE = 10_000

async function* batchesOf(rows: AsyncIterable<StoredFix>): AsyncGenerator<StoredBatch> {
  let batch: StoredFix[] = []
  for await (const row of rows) {
    const batchId = batch[0]?.batchId
    if (batchId !== undefined && (batchId !== row.batchId || (batchId === null && batch.length === ROWS_AT_ONCE))) {
      yield { batchId, rows: batch }
      batch = []
    }
    batch.push(row)
  }
  const batchId = batch[0]?.batchId
  if (batchId !== undefined) yield { batchId, rows: batch }
}

interface LinkChecker extends FixesParts {
  readonly markOf: Marker
}

/** Gives how many rows could not be held against their marks. */
function checkLink(parts: LinkChecker, { from, to }: Period, link: FixLink, rows: readonly StoredFix[]): number {
  const manifest = unpack(link)
  if (manifest === null) {
    parts.found(toUnreadable(parts, link))
    return rows.length
  }
  const { format, entries } = manifest
  const inPeriod = entries.filter(({ measuredAt }) => measuredAt >= from && measuredAt < to)
  const marked = rows.map(row => ({ ...row, mark: parts.markOf(secretOf(parts, format, row), row.row) }))
  return report(parts, { link, format }, compareBatch(inPeriod, marked))
}

const secretOf = ({ secrets }: FixesParts, format: ManifestFormat, { activationId }: StoredFix): string =>
  format === 1 ? '' : (secrets.of(activationId) ?? '')

function unpack({ content, measuredFrom }: FixLink): Manifest | null {
  try {
    return unpackManifest(content, measuredFrom)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const toUnreadable = ({ places }: VerifyParts, { chainId, position, after, at }: FixLink): Finding => ({
  ...{ kind: 'link-altered', table: 'chain_links', row: null, batch: places.placeAt(chainId, position) },
  ...{ between: [after, at], detail: 'what it holds is no list of fixes' },
})

interface OfLink {
  readonly link: FixLink
  readonly format: ManifestFormat
}

function report(
  { places, coverage, secrets, found }: FixesParts,
  { link, format }: OfLink,
  { altered, missing, inserted }: BatchDifference,
): number {
  const of = { batch: places.placeAt(link.chainId, link.position), between: [link.after, link.at] as const }
  let unproven = 0
  for (const { sealed, stored } of altered) {
    const row = `${rowOf(stored)}, seq ${stored.seq}`
    const isMoved = sealed.measuredAt !== stored.measuredAt
    if (!isMoved && format !== 1 && secrets.isAtFault(stored.activationId, { ...of, row })) {
      unproven += 1
      continue
    }
    const detail = `is not what was recorded${isMoved ? `: it was recorded as ${rowOf(sealed)}` : ''}`
    found({ ...of, table: TABLE, kind: 'altered', row, detail })
  }
  for (const entry of missing) {
    const { activationId, measuredAt } = entry
    if (coverage.covers({ relation: TABLE, activationId, about: measuredAt, sealedAt: link.at })) continue
    const detail = 'was recorded and is not there; no removal covers it'
    found({ ...of, table: TABLE, kind: 'missing', row: rowOf(entry), detail })
  }
  for (const stored of inserted) {
    const row = `${rowOf(stored)}, seq ${stored.seq}`
    found({ ...of, table: TABLE, kind: 'inserted', row, detail: 'its batch does not hold it' })
  }
  return unproven
}

function reportUnknown({ places, found }: VerifyParts, row: StoredFix): void {
  found({
    ...{ kind: 'inserted', table: TABLE, row: `${rowOf(row)}, seq ${row.seq}`, between: [null, null] },
    batch: row.batchId === null ? null : places.ofBatch(row.batchId),
    detail: row.batchId === null ? 'belongs to no batch' : 'its batch is not in the chain, or not of this time',
  })
}

const rowOf = ({ activationId, measuredAt }: ManifestEntry | StoredFix): string =>
  `activation ${activationId}, measured ${iso(measuredAt)}`
