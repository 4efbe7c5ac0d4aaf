import { describe, expect, it } from 'vitest'
import { serialise } from './serialise.ts'

function aWork() {
  const ends: (() => void)[] = []
  const fails: ((error: Error) => void)[] = []
  let atOnce = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++atOnce)
    await new Promise<void>((resolve, reject) => {
      ends.push(resolve)
      fails.push(reject)
    }).finally(() => atOnce--)
  }
  return { work, ends, fails, most: () => most }
}
const turns = () => new Promise(resolve => setImmediate(resolve))

describe('serialise', () => {
  it('runs one at a time; what comes meanwhile shares one run that follows', async () => {
    const { work, ends, most } = aWork()
    const { run } = serialise(work)
    const first = run()
    await turns()
    const [second, third] = [run(), run()]
    expect(third).toBe(second)
    ends[0]?.()
    await first
    const fourth = run()
    await turns()
    expect(ends).toHaveLength(2)
    ends[1]?.()
    await second
    await turns()
    if (ends.length === 3) ends[2]?.()
    await fourth
    expect(most()).toBe(1)
  })

  it('goes on after a failure, and its idle waits for the end without failing', async () => {
    const { work, ends, fails } = aWork()
    const { run, idle } = serialise(work)
    const first = run()
    await turns()
    fails[0]?.(new Error('away'))
    await expect(first).rejects.toThrow('away')
    const second = run()
    await turns()
    const waited = idle()
    ends[1]?.()
    await waited
    await second
  })
})
