import { describe, expect, it } from 'vitest'
import { isCordonError } from '../errors/cordon-error.ts'
import { backoff } from './backoff.ts'
import { systemClock } from './clock.ts'
import { sleep } from './sleep.ts'
import { withTimeout } from './with-timeout.ts'

describe('backoff', () => {
  it('doubles, with jitter in the upper half, and stays within its bounds for good', () => {
    const low = backoff({ minMs: 100, maxMs: 1_000, random: () => 0 })
    const high = backoff({ minMs: 100, maxMs: 1_000, random: () => 0.999_999 })
    expect([1, 2, 3, 4, 5, 6].map(() => low.next())).toEqual([100, 100, 200, 400, 500, 500])
    expect([1, 2, 3, 4, 5, 6].map(() => high.next())).toEqual([100, 200, 400, 800, 1_000, 1_000])
    for (let n = 0; n < 5_000; n += 1) expect(high.next()).toBe(1_000)
  })

  it('starts again after a success', () => {
    const waits = backoff({ minMs: 100, maxMs: 1_000, random: () => 0.5 })
    const first = waits.next()
    waits.next()
    waits.reset()
    expect(waits.next()).toBe(first)
  })

  it('refuses bounds that make no sense', () => {
    expect(() => backoff({ minMs: 0, maxMs: 1, random: Math.random })).toThrow(RangeError)
    expect(() => backoff({ minMs: 2, maxMs: 1, random: Math.random })).toThrow(RangeError)
  })
})

describe('sleep', () => {
  it('ends early with an AbortError when its signal is aborted', async () => {
    const controller = new AbortController()
    const slept = sleep(60_000, controller.signal)
    controller.abort()
    await expect(slept).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('waits', async () => {
    await expect(sleep(1)).resolves.toBeUndefined()
  })
})

describe('withTimeout', () => {
  it('gives the result of work that is in time, and its error', async () => {
    await expect(withTimeout('adding', 60_000, () => 2)).resolves.toBe(2)
    await expect(withTimeout('failing', 60_000, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  })

  it('names the step, aborts its signal and leaves no unhandled rejection when time is up', async () => {
    const given: AbortSignal[] = []
    const late = withTimeout('reading zones', 5, async signal => {
      given.push(signal)
      await sleep(60_000, signal)
    })
    const error: unknown = await late.catch((thrown: unknown) => thrown)
    expect(isCordonError(error, 'timed-out')).toBe(true)
    expect(error).toMatchObject({ message: 'reading zones took longer than 5 ms' })
    expect(given[0]?.aborted).toBe(true)
  })
})

describe('systemClock', () => {
  it('counts milliseconds as Date.now does', () => {
    const before = Date.now()
    expect(systemClock.now()).toBeGreaterThanOrEqual(before)
    expect(systemClock.now()).toBeLessThanOrEqual(Date.now())
  })
})
