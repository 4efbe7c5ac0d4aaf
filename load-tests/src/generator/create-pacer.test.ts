import { describe, expect, it } from 'vitest'
import { createPacer } from './create-pacer.ts'

describe('pacer', () => {
  it('is due as many messages as the rate says, over any time', () => {
    const pacer = createPacer(333, 0)
    let sent = 0
    for (let now = 0; now <= 60_000; now += 4) {
      for (let due = pacer.due(now); due > 0; due--) {
        pacer.sent()
        sent++
      }
    }
    expect(sent).toBe(333 * 60)
    expect(pacer.notSent()).toBe(0)
  })

  it('is due nothing before the start', () => {
    expect(createPacer(1_000, 5_000).due(4_000)).toBe(0)
  })

  it('gives up what is older than a quarter of a second, and counts it', () => {
    const pacer = createPacer(1_000, 0)
    expect(pacer.due(10_000)).toBe(250)
    expect(pacer.notSent()).toBe(9_750)
    expect(pacer.due(10_000)).toBe(250)
    expect(pacer.notSent()).toBe(9_750)
  })
})
