import { describe, expect, it } from 'vitest'
import { createSteadyClock } from './steady-clock.ts'

const START = 1_800_000_000_000
const HOUR = 3_600_000

function aClock(wallAt = START) {
  let wallOff = wallAt - START
  let passed = 0
  const clock = createSteadyClock({ wall: () => START + passed + wallOff, monotonic: () => 500 + passed })
  return {
    clock,
    right: () => START + passed,
    pass: (ms: number) => {
      passed += ms
    },
    step: (ms: number) => {
      wallOff += ms
    },
  }
}

describe('a steady clock', () => {
  it.each([HOUR, -HOUR])('goes on through a step of %i ms of the machine’s clock, and says that it is wrong', ms => {
    const { clock, right, pass, step } = aClock()
    expect(clock.compare(right())).toBe(0)
    step(ms)
    pass(1_000)
    expect(clock.now()).toBe(right())
    expect(clock.compare(right())).toBe(ms)
    pass(10_000)
    expect(clock.now()).toBe(right())
    step(-ms)
    expect(clock.compare(right())).toBe(0)
    expect(clock.now()).toBe(right())
  })

  it('does not follow the other machine when that one is stepped', () => {
    const { clock, right, pass } = aClock()
    clock.compare(right())
    pass(10_000)
    expect(clock.compare(right() + HOUR)).toBe(0)
    expect(clock.now()).toBe(right())
  })

  it('follows when both are put right together: after a pause in which it did not count', () => {
    const { clock, right, step } = aClock()
    clock.compare(right())
    step(HOUR)
    expect(clock.compare(right() + HOUR)).toBe(0)
    expect(clock.now()).toBe(right() + HOUR)
  })

  it('believes the other machine at the start when the two do not agree', () => {
    const { clock, right } = aClock(START + HOUR)
    expect(clock.compare(right())).toBe(HOUR)
    expect(clock.now()).toBe(right())
  })
})
