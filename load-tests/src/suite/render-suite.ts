import { type Cell, formatTable } from '../report/table.ts'
import type { LoadFigures } from '../run/measure-load.ts'
import type { Check } from '../verify/verify.ts'
import type { Mode } from './modes.ts'

export interface ModeResult {
  readonly mode: Mode
  readonly figures: LoadFigures
  /** Of its tags, those that were connected while it was measured. */
  readonly connected: number
  readonly checks: readonly Check[]
}

const MIB = 1_048_576
/** Of what was asked for, so much must have been published and committed; and no more than a second of it wait at the end. */
const PACE = 0.99

/** One column a mode: what was asked for, what came of it, and what of the aims was missed. */
export function renderSuite(results: readonly ModeResult[]): string {
  const row = (name: string, read: (result: ModeResult) => Cell) => [name, ...results.map(read)]
  const cpu = (name: string) => row(`µs of CPU a fix: ${name}`, result => perFix(result, name))
  return formatTable(
    ['', ...results.map(({ mode }) => mode.name)],
    [
      row('wearers', ({ mode }) => mode.tags),
      row('  connected at once', ({ connected }) => connected),
      row('fixes asked for, a second', ({ mode }) => mode.rate * mode.items),
      row('fixes committed, a second', ({ figures }) => figures.committedFixes / figures.seconds),
      row('  in the slowest second', ({ figures }) => figures.slowestSecond),
      row('not sent: generators held up, a second', ({ figures }) => figures.notSent / figures.seconds),
      row('fixes not committed at the end', ({ figures }) => figures.waitingAtEnd),
      row('ms to the commit, p50', ({ figures }) => figures.toCommit.p50),
      row('  p99', ({ figures }) => figures.toCommit.p99),
      row('ms to the position on the socket, p50', ({ figures }) => figures.toSocket.p50),
      row('  p99', ({ figures }) => figures.toSocket.p99),
      row('ms to the incident on the socket, p99', ({ figures }) => figures.toIncident.p99),
      ...['ingest', 'gateway', 'broker', 'database', 'generators', 'reader'].map(cpu),
      row('cores, all together', ({ figures }) => coresOf(figures)),
      row('cores, the rest of the machine', ({ figures }) => figures.othersCpuSeconds / figures.seconds),
      row('ingest, MiB at most', result => ingestMiB(result)),
      row('missed', result => missed(result).join('; ') || 'nothing'),
    ],
  )
}

/** What was promised and does not hold, each in a few words. */
export function missed(result: ModeResult): readonly string[] {
  const { mode, figures } = result
  const { toSocketP50 = Infinity, toSocketP99 = Infinity, ingestMiB: most = Infinity } = mode.aims
  const asked = mode.rate * mode.items
  const committed = figures.committedFixes / figures.seconds
  return [
    ...(committed < asked * PACE || figures.waitingAtEnd > asked ? ['pace'] : []),
    ...(figures.toSocket.p50 > toSocketP50 ? [`p50 of ${toSocketP50} ms`] : []),
    ...(figures.toSocket.p99 > toSocketP99 ? [`p99 of ${toSocketP99} ms`] : []),
    ...(ingestMiB(result) > most ? [`${most} MiB`] : []),
  ]
}

const usageOf = ({ figures }: ModeResult, name: string) => figures.usage.find(usage => usage.name === name)
const perFix = (result: ModeResult, name: string) =>
  ((usageOf(result, name)?.cpuSeconds ?? Number.NaN) * 1e6) / result.figures.committedFixes
const ingestMiB = (result: ModeResult) => Math.round((usageOf(result, 'ingest')?.peakBytes ?? Number.NaN) / MIB)
const coresOf = ({ usage, seconds }: LoadFigures) =>
  usage.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) / seconds
