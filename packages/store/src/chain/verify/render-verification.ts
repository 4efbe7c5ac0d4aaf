import type { Finding, LinkPlace } from './finding.ts'
import type { Verification } from './verify-chain.ts'

/** For people: what was looked at, what is lawfully missing, what is at fault and where. */
export function renderVerification(verification: Verification): string {
  const { fixes, records, links, anchors, removals, findings, found } = verification
  return [
    `${fixes.rows} fixes in ${fixes.batches} batches, ${links} links, ${anchors} anchors`,
    ...(fixes.unsealed === 0
      ? []
      : [`${fixes.unsealed} fixes are from before there was a chain: nothing is said of them`]),
    ...(fixes.unproven === 0
      ? []
      : [`${fixes.unproven} fixes cannot be held against their marks: see what is said of activation_secrets`]),
    ...records.map(({ relation, entries }) => `${relation}: ${entries} sealed`),
    ...removals.map(
      ({ id, why, byWhom, at, relation, used }) =>
        `${relation}: ${used} removed, as removal ${id} says (${why}, by ${byWhom}, ${iso(at)})`,
    ),
    ...findings.map(renderFinding),
    ...(found > findings.length ? [`and ${found - findings.length} more`] : []),
    found === 0 ? 'all as it was recorded' : `${found} not as recorded`,
  ].join('\n')
}

function renderFinding({ kind, table, row, batch, between, detail }: Finding): string {
  const what = row === null ? table : `${table} ${row}`
  const where = batch === null ? '' : `\n    ${placeName(batch)}`
  const [after, until] = between
  const when = after === null && until === null ? '' : `\n    recorded ${bounds(after, until)}`
  return `${kind.toUpperCase()} ${what}: ${detail}${where}${when}`
}

const placeName = ({ chain, kind, position }: LinkPlace) => `batch ${position} of the chain of ${kind} of ${chain}`

function bounds(after: number | null, until: number | null): string {
  const begin = after === null ? '' : `after ${iso(after)}`
  return until === null ? begin : `${begin}${begin === '' ? '' : ', '}at ${iso(until)}`
}

const iso = (at: number) => new Date(at).toISOString()
