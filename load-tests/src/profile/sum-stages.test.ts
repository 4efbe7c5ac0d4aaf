import { describe, expect, it } from 'vitest'
import { type ProfileNode, sumStages } from './sum-stages.ts'

const node = (id: number, functionName: string, url: string, ...children: number[]): ProfileNode => ({
  id,
  callFrame: { functionName, url, lineNumber: 0 },
  children,
})
const file = (path: string) => `file:///somewhere/${path}`

describe('stages of a profile', () => {
  const nodes = [
    node(1, '(root)', '', 2, 3, 5, 6),
    node(2, '(idle)', ''),
    node(3, 'decodeMessage', file('packages/codec/dist/decode-message.js'), 4),
    node(4, 'parse', ''),
    node(5, 'processTimers', 'node:internal/timers', 7),
    node(6, '(garbage collector)', ''),
    node(7, 'flush', file('services/ingest/dist/publish.js')),
  ]

  it('gives a stage what is done on its behalf, and Node the rest, from the first message on', () => {
    const samples = [5, 3, 2, 4, 5, 6, 7]
    const { stages, functions } = sumStages({
      nodes,
      samples,
      timeDeltas: [80_000, 1_000, 5_000, 2_000, 500, 700, 900],
    })
    expect(stages).toEqual([
      { name: 'idle', ms: 5 },
      { name: 'decode: bytes to fixes', ms: 3 },
      { name: 'publish: positions', ms: 0.9 },
      { name: 'garbage collection', ms: 0.7 },
      { name: 'Node itself: sockets, timers', ms: 0.5 },
    ])
    expect(functions[1]).toEqual({ name: 'parse', ms: 2 })
  })
})
