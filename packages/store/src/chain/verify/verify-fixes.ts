import { batchIdOf } from '../link-fixes.ts'
import { type ManifestEntry, unpackManifest } from '../manifest.ts'
import { type BatchDifference, compareBatch } from './compare-batch.ts'
import type { Finding } from './finding.ts'
import { type FixLink, type KnownChain, type Places, readFixLinks } from './read-links.ts'
import { type Period, readStoredFixes, type StoredFix } from './read-stored-fixes.ts'
import type { Coverage } from './removals.ts'
import type { Snapshot } from './snapshot.ts'

export interface FixesChecked {
  readonly rows: number
  readonly batches: number
  /** Recorded before there was a chain: nothing can be said of them. */
  readonly unsealed: number
}

export interface VerifyParts {
  readonly snapshot: Snapshot
  readonly chains: readonly KnownChain[]
  readonly places: Places
  readonly coverage: Coverage
  readonly found: (finding: Finding) => void
}

const TABLE = 'fixes'
const iso = (at: number) => (Number.isFinite(at) ? new Date(at).toISOString() : String(at))

/** Holds the fixes measured in the period against the links that hold them: both come in the order of their batches. */
export async function verifyFixes(parts: VerifyParts, period: Period): Promise<FixesChecked> {
  const links = await readFixLinks(parts.snapshot, period)
  const since = Math.min(...parts.chains.filter(({ kind }) => kind === 'fixes').map(chain => chain.since))
  const [counted, waiting] = [{ rows: 0, unsealed: 0 }, links.values()]
  let { value: link } = waiting.next()
  const checkNext = (rows: readonly StoredFix[]): void => {
    if (link !== undefined) checkLink(parts, period, link, rows)
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

function checkLink(parts: VerifyParts, { from, to }: Period, link: FixLink, rows: readonly StoredFix[]): void {
  const sealed = unpack(link)
  // What cannot be read has been altered, which the hash of the link says.
  if (sealed === null) return
  const inPeriod = sealed.filter(({ measuredAt }) => measuredAt >= from && measuredAt < to)
  report(parts, link, compareBatch(inPeriod, rows))
}

function unpack({ content, measuredFrom }: FixLink): readonly ManifestEntry[] | null {
  try {
    return unpackManifest(content, measuredFrom)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function report(parts: VerifyParts, link: FixLink, { altered, missing, inserted }: BatchDifference): void {
  const { places, coverage, found } = parts
  const of = {
    table: TABLE,
    batch: places.placeAt(link.chainId, link.position),
    between: [link.after, link.at] as const,
  }
  for (const { sealed, stored } of altered) {
    const isMoved = sealed.measuredAt !== stored.measuredAt
    const detail = `is not what was recorded${isMoved ? `: it was recorded as ${rowOf(sealed)}` : ''}`
    found({ ...of, kind: 'altered', row: `${rowOf(stored)}, seq ${stored.seq}`, detail })
  }
  for (const entry of missing) {
    const { activationId, measuredAt } = entry
    if (coverage.covers({ relation: TABLE, activationId, about: measuredAt, sealedAt: link.at })) continue
    found({ ...of, kind: 'missing', row: rowOf(entry), detail: 'was recorded and is not there; no removal covers it' })
  }
  for (const stored of inserted) {
    found({ ...of, kind: 'inserted', row: `${rowOf(stored)}, seq ${stored.seq}`, detail: 'its batch does not hold it' })
  }
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
