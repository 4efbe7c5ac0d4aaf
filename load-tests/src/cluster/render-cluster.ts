import { renderChecks } from '../report/render.ts'
import { formatTable } from '../report/table.ts'
import type { ClusterResult } from './run-cluster.ts'

/** The tables of one run, for people. */
export function renderCluster({ parts, cost, events, checks }: ClusterResult): string {
  const costs = cost.map(({ name, perFixUs }) => [name, perFixUs])
  const rows = events.map(({ name, takeoverMs, goesOnMs, blindMs }) => [
    name,
    ...[takeoverMs, goesOnMs, blindMs].map(ms => ms / 1_000),
  ])
  const failed = checks.filter(({ isMet }) => !isMet).length
  return [
    parts,
    formatTable(['at the beginning, one ingest', 'µs of CPU a fix'], costs),
    formatTable(['', 's until shared again', 's until all go on', 's blind at worst'], rows),
    renderChecks(checks),
    failed === 0 ? 'PASS' : `FAIL: ${failed} of ${checks.length} do not hold`,
  ].join('\n\n')
}
