import { describe, expect, it } from 'vitest'
import type { Errand } from '../life/errand.ts'
import { createVisitLog } from './visit-log.ts'

const errand = (visit: Errand['visit']): Errand => ({ kind: 'visit', from: 0, to: 10_000, stretches: [], visit })

function logged(startedAt: number, times: readonly number[], visit: Errand['visit']) {
  const lines: object[] = []
  const add = (line: object) => void lines.push(line)
  const log = createVisitLog({ tagId: 'nc-1', place: 'Oundle', startedAt, stamp: at => at, add })
  for (const at of times) log.pass(at < 10_000 ? errand(visit) : undefined, at)
  const before = lines.length
  log.stop()
  return { lines, before }
}

describe('a visit log', () => {
  const line = (from: number, to: number) => ({ type: 'visit', tagId: 'nc-1', place: 'Oundle', from, to })

  it('puts a visit on record once, when it is over', () => {
    const { lines, before } = logged(0, [1_000, 4_000, 6_000, 8_000, 12_000], { from: 3_000, to: 7_000 })
    expect(before).toBe(1)
    expect(lines).toEqual([line(3_000, 7_000)])
  })

  it('cuts off what was before the start and what the end of the run leaves unfinished', () => {
    expect(logged(4_000, [4_000, 8_000], { from: 3_000, to: 7_000 }).lines).toEqual([line(4_000, 7_000)])
    expect(logged(0, [1_000, 5_000], { from: 3_000, to: 7_000 }).lines).toEqual([line(3_000, 5_000)])
  })

  it('says nothing of a visit that has not begun, or of an errand that is none', () => {
    expect(logged(0, [1_000, 2_000], { from: 3_000, to: 7_000 }).lines).toEqual([])
    expect(logged(0, [1_000, 20_000], undefined).lines).toEqual([])
  })
})
