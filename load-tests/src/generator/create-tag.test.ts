import { asId, type TagId, TOPICS } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { entryPlace, homeOf } from '../stack/places.ts'
import { createTag } from './create-tag.ts'

const START = 1_795_330_860_000
const home = homeOf(7, 100)
const plan = { id: asId<TagId>('L7'), password: 'x', home, entry: null }
const entering = { ...plan, entry: { place: entryPlace(home), afterMs: 30_000 } }
const parse = (payload: string | undefined) => JSON.parse(payload ?? 'null') as unknown

describe('tag', () => {
  it('numbers its fixes without a gap, the last of a message measured at the moment of publishing', () => {
    const tag = createTag(plan, 3, START)
    tag.next(START)
    const message = tag.next(START + 500)
    expect(message?.firstSeq).toBe(4)
    const fixes = parse(message?.payload) as { seq: number; time: string }[]
    expect(fixes.map(({ seq }) => seq)).toEqual([4, 5, 6])
    expect(fixes.map(({ time }) => Date.parse(time) - START)).toEqual([498, 499, 500])
    expect(tag.fixes()).toBe(6)
  })

  it('has nothing to say while its items would overlap those of the last message', () => {
    const tag = createTag(plan, 10, START)
    expect(tag.next(START)).not.toBeNull()
    expect(tag.next(START + 9)).toBeNull()
    expect(tag.next(START + 10)).toMatchObject({ firstSeq: 11 })
  })

  it('keeps silent on its way and is inside from the moment of its entry on', () => {
    const tag = createTag(entering, 1, START)
    expect(tag.next(START + 19_999)).not.toBeNull()
    expect(tag.next(START + 20_000)).toBeNull()
    expect(tag.next(START + 29_999)).toBeNull()
    expect(tag.enteredAt()).toBeNull()
    const { lon, lat } = parse(tag.next(START + 30_250)?.payload) as { lon: number; lat: number }
    expect(lon).toBeCloseTo(entryPlace(home).lon, 5)
    expect(lat).toBeCloseTo(entryPlace(home).lat, 5)
    tag.next(START + 31_000)
    expect(tag.enteredAt()).toBe(START + 30_250)
    expect(tag.fixes()).toBe(3)
  })

  it('says malformed messages that are no JSON, each another, and that take no sequence number', () => {
    const tag = createTag(plan, 1, START)
    const said = [tag.nextMalformed(START), tag.nextMalformed(START)]
    expect(new Set(said).size).toBe(2)
    for (const text of said) expect(() => JSON.parse(text)).toThrow(SyntaxError)
    expect(tag.next(START)?.firstSeq).toBe(1)
    expect(TOPICS.tagFixes(plan.id)).toContain('L7')
  })
})
