import { describe, expect, it } from 'vitest'
import { planBacklog } from './backlog-tag.ts'

const NOW = Date.UTC(2026, 10, 22, 6)
const tag = { id: 'L1', password: 'password', home: { lon: -1, lat: 52 } }
const plan = (index: number) => planBacklog(tag, index, { now: NOW, minutes: 60 })
const fixesOf = (messages: readonly string[]) =>
  messages.flatMap(message => JSON.parse(message) as { time: string; lon: number; seq: number }[])

describe('the backlog of a tag', () => {
  it('has a fix of every minute between what it sent before and what it sends first', () => {
    for (const index of [0, 1, 2, 3]) {
      const { around, stored, fixes } = plan(index)
      const all = [...fixesOf(around), ...fixesOf(stored)]
      expect(all).toHaveLength(fixes)
      const times = all.map(({ time }) => Date.parse(time)).sort((a, b) => a - b)
      expect(times).toEqual(Array.from({ length: 62 }, (_, minute) => NOW - (61 - minute) * 60_000))
      expect(new Set(all.map(({ seq }) => seq)).size).toBe(62)
    }
  })

  it('comes in messages of 10 to 60 fixes, of some tags the newest first', () => {
    expect([0, 1, 2, 3].map(index => plan(index).stored.length)).toEqual([6, 3, 2, 1])
    expect(fixesOf(plan(7).stored)[0]?.seq).toBe(1)
    const [first, second] = [planBacklog(tag, 3, { now: NOW, minutes: 120 }).stored, plan(0).stored].map(
      messages => fixesOf(messages)[0]?.seq,
    )
    expect([first, second]).toEqual([61, 1])
  })

  it('has every second wearer in the zone for some minutes', () => {
    expect([0, 1, 2, 3].map(index => plan(index).entered)).toEqual([true, false, true, false])
    const away = (index: number) => fixesOf(plan(index).stored).filter(({ lon }) => lon > -0.996)
    expect(away(0)).toHaveLength(13)
    expect(away(1)).toHaveLength(0)
  })
})
