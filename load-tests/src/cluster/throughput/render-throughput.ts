import { renderChecks } from '../../report/render.ts'
import { formatTable } from '../../report/table.ts'
import type { ThroughputResult } from './run-throughput.ts'

/** The table of one run, for people. Ratios are to the first source, Mosquitto. */
export function renderThroughput({ parts, sources, checks }: ThroughputResult): string {
  const [first] = sources
  const rows = sources.map(({ name, acknowledged, committed, drainMs, usage, fixes }) => [
    name,
    ...[acknowledged, committed, drainMs / 1_000],
    ...usage.map(({ cpuSeconds }) => (cpuSeconds * 1_000_000) / Math.max(1, fixes)),
  ])
  const names = sources[0]?.usage.map(({ name }) => `µs a fix: ${name}`) ?? []
  const head = ['', 'PUBACK/s', 'fixes/s committed', 's to the last commit', ...names]
  const ratio = (of: 'acknowledged' | 'committed') =>
    sources.map(source => (source[of] / (first?.[of] ?? Number.NaN)).toFixed(2)).join(' : ')
  const failed = checks.filter(({ isMet }) => !isMet).length
  return [
    parts,
    formatTable(head, rows),
    `${sources.map(({ name }) => name).join(' : ')}\n  PUBACK ${ratio('acknowledged')}\n  committed ${ratio('committed')}`,
    renderChecks(checks),
    failed === 0 ? 'PASS' : `FAIL: ${failed} of ${checks.length} do not hold`,
  ].join('\n\n')
}
