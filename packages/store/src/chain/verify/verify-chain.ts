import type { ChainHead } from '../read-heads.ts'
import type { Finding } from './finding.ts'
import { createPlaces, readChains } from './read-links.ts'
import type { Period } from './read-stored-fixes.ts'
import { createCoverage, readRemovals, type UsedRemoval } from './removals.ts'
import type { Snapshot } from './snapshot.ts'
import { verifyAnchors } from './verify-anchors.ts'
import { type FixesChecked, type FixesParts, verifyFixes } from './verify-fixes.ts'
import { verifyIncidents } from './verify-incidents.ts'
import { verifyLinks } from './verify-links.ts'
import type { VerifyParts } from './verify-parts.ts'
import { CHAINED_RELATIONS, type RecordsChecked, verifyRecords } from './verify-records.ts'
import { verifySecrets } from './verify-secrets.ts'

export interface Verification {
  readonly fixes: FixesChecked
  readonly records: readonly RecordsChecked[]
  readonly links: number
  readonly anchors: number
  /** What is missing and accounted for. */
  readonly removals: readonly UsedRemoval[]
  /** What does not stand as it was recorded; the first thousand. */
  readonly findings: readonly Finding[]
  readonly found: number
}

const FINDINGS_KEPT = 1_000

/** Holds what was measured or recorded in the period against the chains, and these against the anchors. Reads only. */
export async function verifyChain(
  snapshot: Snapshot,
  period: Period,
  anchors: readonly ChainHead[],
): Promise<Verification> {
  const chains = await readChains(snapshot)
  const findings: Finding[] = []
  let found = 0
  const note = (finding: Finding) => {
    found += 1
    if (found <= FINDINGS_KEPT) findings.push(finding)
  }
  const known = await readRemovals(snapshot)
  const coverage = createCoverage(known)
  const parts: VerifyParts = { snapshot, chains, places: createPlaces(chains), coverage, found: note }
  let links = 0
  for (const chain of chains) links += await verifyLinks(parts, chain, period.from)
  for (const finding of await verifyAnchors(snapshot, chains, anchors)) note(finding)
  const now = await readNow(snapshot)
  const records: RecordsChecked[] = []
  for (const relation of CHAINED_RELATIONS) records.push(await verifyRecords(parts, relation, period, now))
  for (const finding of await verifyIncidents(snapshot, period)) note(finding)
  const { secrets, checked } = await verifySecrets(parts, period, known)
  records.push(checked)
  const fixes = await verifyAllFixes({ ...parts, secrets }, period)
  return { fixes, records, links, anchors: anchors.length, removals: coverage.used(), findings, found }
}

async function readNow(snapshot: Snapshot): Promise<number> {
  const [row] = await snapshot.query<{ now: number }>('select now() as now')
  return row?.now ?? 0
}

const EXTENT = `
  select least((select min(measured_at) from fixes), (select min(measured_from) from chain_links)) as "from",
         greatest((select max(measured_at) from fixes), (select max(measured_to) from chain_links)) as "to"`

/** An hour of England's fixes: so many at a time are sorted by the database and held in memory here. */
const ROWS_AT_ONCE = 750_000
const FIRST_STEP_MS = 3_600_000
const LONGEST_STEP_MS = 32 * 86_400_000

/** A stretch of time after the other, longer ones where there is little. */
async function verifyAllFixes(parts: FixesParts, { from, to }: Period): Promise<FixesChecked> {
  const [extent] = await parts.snapshot.query<{ from: number | null; to: number | null }>(EXTENT)
  const end = Math.min(to, (extent?.to ?? from) + 1)
  const sum = { rows: 0, batches: 0, unsealed: 0, unproven: 0 }
  let stepMs = FIRST_STEP_MS
  for (let at = Math.max(from, extent?.from ?? to); at < end; ) {
    const next = Math.min(at + stepMs, end)
    const { rows, batches, unsealed, unproven } = await verifyFixes(parts, { from: at, to: next })
    sum.rows += rows
    sum.batches += batches
    sum.unsealed += unsealed
    sum.unproven += unproven
    stepMs = rows > ROWS_AT_ONCE ? Math.ceil(stepMs / 2) : rows < ROWS_AT_ONCE / 4 ? stepMs * 2 : stepMs
    stepMs = Math.min(stepMs, LONGEST_STEP_MS)
    at = next
  }
  return sum
}
