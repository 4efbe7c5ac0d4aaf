import { createError, createLogger, startProcess } from '@cordon/runtime'
import { describe, expect, it } from 'vitest'
import { supervise } from './supervise.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A real child that waits for ever; `isReady` decides when it counts as started. */
const child = (isReady: () => Promise<boolean> = () => Promise.resolve(true)) =>
  startProcess({
    name: 'child',
    command: process.execPath,
    args: ['-e', 'setInterval(() => {}, 1000)'],
    env: process.env,
    isReady,
  })

async function until(isSo: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; !isSo() && Date.now() < deadline; )
    await new Promise(resolve => setTimeout(resolve, 20))
  expect(isSo()).toBe(true)
}

describe('supervise', () => {
  it('starts again what was killed, and stops it when asked to', async () => {
    const stopping = new AbortController().signal
    const supervised = await supervise({ part: 'child', start: () => child(), stopping, logger })
    const first = supervised.pid()
    process.kill(first, 'SIGKILL')
    await until(() => supervised.pid() !== first)
    const second = supervised.pid()
    expect(isAlive(second)).toBe(true)
    await supervised.stop()
    expect(isAlive(second)).toBe(false)
  })

  it('tries again when a start fails, and leaves off when stopped meanwhile', async () => {
    const stopping = new AbortController().signal
    let starts = 0
    const start = () => (++starts === 2 ? Promise.reject(new Error('not now')) : child())
    const supervised = await supervise({ part: 'child', start, stopping, logger })
    const first = supervised.pid()
    process.kill(first, 'SIGKILL')
    await until(() => supervised.pid() !== first)
    expect(starts).toBe(3)
    process.kill(supervised.pid(), 'SIGKILL')
    await supervised.stop()
    expect(starts).toBe(3)
  })

  it('leaves no child behind that was being started when the stop came', async () => {
    const stopping = new AbortController().signal
    const pids: number[] = []
    let starts = 0
    const start = async (given: AbortSignal) => {
      const again = starts++ > 0
      const running = await child(() => Promise.resolve(!again || given.aborted))
      pids.push(running.pid)
      return running
    }
    const supervised = await supervise({ part: 'child', start, stopping, logger })
    process.kill(supervised.pid(), 'SIGKILL')
    await until(() => starts === 2)
    await supervised.stop()
    expect(pids).toHaveLength(2)
    expect(pids.some(isAlive)).toBe(false)
  })

  it('tries the first start three times when a port was taken, and once when it was anything else', async () => {
    const stopping = new AbortController().signal
    let starts = 0
    const failing = (count: number, error: Error) => () => (++starts <= count ? Promise.reject(error) : child())
    const taken = createError('port-in-use', 'port 9464 is in use')
    const supervised = await supervise({ part: 'child', start: failing(2, taken), stopping, logger })
    expect(starts).toBe(3)
    await supervised.stop()
    starts = 0
    await expect(supervise({ part: 'child', start: failing(3, taken), stopping, logger })).rejects.toBe(taken)
    expect(starts).toBe(3)
    starts = 0
    const other = new Error('no such file')
    await expect(supervise({ part: 'child', start: failing(1, other), stopping, logger })).rejects.toBe(other)
    expect(starts).toBe(1)
  })

  it('gives the first start up when the whole process is asked to stop', async () => {
    const stopping = new AbortController()
    const start = (given: AbortSignal) => child(() => Promise.resolve(given.aborted))
    const starting = supervise({ part: 'child', start, stopping: stopping.signal, logger })
    stopping.abort()
    const supervised = await starting
    await supervised.stop()
    expect(isAlive(supervised.pid())).toBe(false)
  })
})
