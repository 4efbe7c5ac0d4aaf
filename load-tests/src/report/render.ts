import type { LoadFigures, Percentiles } from '../run/measure-load.ts'
import type { Check } from '../verify/verify.ts'
import { formatTable } from './table.ts'

/** The tables of one run, for people. */
export function renderLoad(figures: LoadFigures): string {
  return [renderRates(figures), renderLatencies(figures), renderUsage(figures)].join('\n\n')
}

function renderRates(figures: LoadFigures): string {
  const { seconds, published, acknowledged, committedFixes, batches } = figures
  return formatTable(
    [`over ${seconds} s`, 'a second'],
    [
      ['messages published', published / seconds],
      ['messages acknowledged by the broker', acknowledged / seconds],
      ['messages due and not sent (generators held up)', figures.notSent / seconds],
      ['fixes committed', committedFixes / seconds],
      ['  in the slowest second', figures.slowestSecond],
      ['  in the fastest second', figures.fastestSecond],
      ['transactions', batches.count / seconds],
      ['fixes of one transaction: median', batches.p50],
      ['  95 of 100 at most', batches.p95],
      ['  largest', batches.max],
      ['fixes published and not committed at the end', figures.waitingAtEnd],
      ['ms from the last message to the last commit', figures.drainMs],
    ],
  )
}

function renderLatencies(figures: LoadFigures): string {
  const row = (name: string, { p50, p95, p99, max, count }: Percentiles) => [name, p50, p95, p99, max, count]
  return formatTable(
    ['milliseconds from publishing …', 'p50', 'p95', 'p99', 'most', 'counted'],
    [
      row('to the broker’s acknowledgement', figures.toAcknowledgement),
      row('to the commit record (database)', figures.toCommit),
      row('to the answer of the commit (ingest)', figures.toCommitAtIngest),
      row('to the position on the socket', figures.toSocket),
      row('to the incident on the socket', figures.toIncident),
    ],
  )
}

const MIB = 1_048_576

function renderUsage({ usage, othersCpuSeconds, committedFixes, seconds }: LoadFigures): string {
  const perFix = (cpuSeconds: number) => (cpuSeconds * 1e6) / committedFixes
  const rows = usage.map(({ name, cpuSeconds, peakBytes }) => {
    return [name, cpuSeconds, cpuSeconds / seconds, perFix(cpuSeconds), Math.round(peakBytes / MIB)]
  })
  const all = usage.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0)
  return formatTable(
    ['process', 'CPU s', 'cores', 'µs a fix', 'MiB at most'],
    [
      ...rows,
      ['all of these', all, all / seconds, perFix(all), Number.NaN],
      ['the rest of the machine', othersCpuSeconds, othersCpuSeconds / seconds, Number.NaN, Number.NaN],
    ],
  )
}

export function renderChecks(checks: readonly Check[]): string {
  return formatTable(
    ['', 'must hold', ''],
    checks.map(({ name, isMet, detail }) => [isMet ? 'PASS' : 'FAIL', name, detail]),
  )
}
