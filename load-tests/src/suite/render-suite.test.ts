import { expect, it } from 'vitest'
import type { LoadFigures } from '../run/measure-load.ts'
import { MODES, type Mode } from './modes.ts'
import { missed, renderSuite } from './render-suite.ts'

const times = (p50: number, p99: number) => ({ p50, p95: p99, p99, max: p99, count: 100 })
const figures: LoadFigures = {
  ...{
    seconds: 60,
    published: 300_000,
    acknowledged: 300_000,
    notSent: 0,
    committedFixes: 300_000,
    slowestSecond: 4_900,
  },
  ...{ fastestSecond: 5_100, waitingAtEnd: 20, drainMs: 30, batches: { count: 1, p50: 1, p95: 1, max: 1 } },
  ...{ toAcknowledgement: times(1, 2), toCommit: times(15, 33), toCommitAtIngest: times(15, 33) },
  ...{ toSocket: times(60, 300), toIncident: times(20, 100), socketBytes: 1 },
  usage: [{ name: 'ingest', cpuSeconds: 9, peakBytes: 500 * 1_048_576 }],
  othersCpuSeconds: 3,
}
const mode = { ...(MODES[2] as Mode), rate: 5_000, aims: { toSocketP50: 100, toSocketP99: 500, ingestMiB: 600 } }
const result = (over: Partial<LoadFigures>) => ({
  mode,
  figures: { ...figures, ...over },
  connected: 2_000,
  checks: [],
})

it('misses nothing when all holds, and says what a fix costs', () => {
  expect(missed(result({}))).toEqual([])
  expect(renderSuite([result({})])).toMatch(/µs of CPU a fix: ingest +30/)
})

it('says what was missed, each by its name', () => {
  expect(missed(result({ committedFixes: 290_000 }))).toEqual(['pace'])
  expect(missed(result({ waitingAtEnd: 6_000 }))).toEqual(['pace'])
  expect(missed(result({ toSocket: times(101, 501) }))).toEqual(['p50 of 100 ms', 'p99 of 500 ms'])
  expect(missed(result({ usage: [{ name: 'ingest', cpuSeconds: 9, peakBytes: 601 * 1_048_576 }] }))).toEqual([
    '600 MiB',
  ])
})
