import { describe, expect, it } from 'vitest'
import { planTags as planRegistered } from '../stack/register.ts'
import { planTags, storedFix } from './plan-tags.ts'

const plan = planTags(planRegistered(1_000), { minutes: 60, liveMs: 120_000 })

describe('an hour without ingest', () => {
  it('has a visit of some wearers, begun and ended within it', () => {
    const visits = plan.flatMap(({ inside }) => (inside === null ? [] : [inside]))
    expect(visits).toHaveLength(10)
    for (const [from, to] of visits) expect(from > 0 && to - from === 6 && to < 60).toBe(true)
  })

  it('has fixes inside the zone in those minutes and no others', () => {
    const visitor = plan.find(({ inside }) => inside !== null) ?? raise()
    const [from, to] = visitor.inside ?? raise()
    const places = Array.from({ length: 60 }, (_, minute) => JSON.parse(storedFix(visitor, minute, 0)).lon as number)
    const isInside = places.map(lon => lon - visitor.tag.home.lon > 0.004)
    expect(isInside.flatMap((inside, minute) => (inside ? [minute] : []))).toEqual(
      Array.from({ length: to - from }, (_, i) => from + i),
    )
  })

  it('is followed by entries of others, in the first half of the time after it', () => {
    const entries = plan.filter(({ entersAfterMs }) => entersAfterMs !== null)
    expect(entries).toHaveLength(5)
    for (const { inside, entersAfterMs } of entries)
      expect([inside, (entersAfterMs ?? 0) <= 60_000]).toEqual([null, true])
  })
})

function raise(): never {
  throw new Error('there is none')
}
