import { describe, expect, it } from 'vitest'
import { createSight } from './create-sight.ts'

const since = '2026-11-22T06:00:00.000Z'
const up = { feeds: { broker: { state: 'up' as const, since } }, ingestLagSeconds: 0.1 }
const down = { ...up, feeds: { broker: { state: 'down' as const, since } } }

function aSight() {
  const sight = createSight()
  sight.system(up, 900)
  sight.positions(900, 1_000)
  return sight
}

describe('what a client sees', () => {
  it('is blind for as long as the newest position has grown old, and no longer', () => {
    const sight = aSight()
    sight.begin(1_100)
    sight.positions(2_000, 2_100)
    sight.positions(9_000, 9_100)
    sight.positions(9_500, 9_600)
    sight.end(10_000)
    sight.positions(11_000, 99_000)
    expect(sight.report()).toMatchObject({ blindMs: 7_100 })
  })

  it('is blind up to the end when nothing comes any more', () => {
    const sight = aSight()
    sight.begin(1_000)
    sight.end(31_000)
    expect(sight.report()).toMatchObject({ blindMs: 30_100 })
  })

  it('does not take what comes late for a view of now', () => {
    const sight = aSight()
    sight.begin(1_000)
    sight.positions(900, 8_000)
    sight.positions(800, 9_000)
    expect(sight.report()).toMatchObject({ blindMs: 8_100 })
  })

  it('knows when it was said first, and by what', () => {
    const sight = aSight()
    sight.begin(1_000)
    sight.system(up, 2_000)
    sight.system(down, 4_000)
    sight.lost(5_000)
    expect(sight.report()).toMatchObject({ saidAfterMs: 3_000, said: 'broker down' })
    expect(createSight().report()).toMatchObject({ saidAfterMs: null, said: null })
  })

  it('is clear only with a young position and every feed up', () => {
    const sight = aSight()
    expect(sight.isClear(2_000)).toBe(true)
    expect(sight.isClear(5_000)).toBe(false)
    sight.system(down, 2_000)
    expect(sight.isClear(2_000)).toBe(false)
    sight.system({ ...up, ingestLagSeconds: 9 }, 2_000)
    expect(sight.isClear(2_000)).toBe(false)
  })
})
