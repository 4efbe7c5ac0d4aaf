import { describe, expect, it } from 'vitest'
import { startProcess } from './start-process.ts'

const script = (code: string) => ({ name: 'child', command: process.execPath, args: ['-e', code], env: process.env })

describe('startProcess', () => {
  it('waits until the child says it is ready, and ends it on stop', async () => {
    const lines: string[] = []
    const child = await startProcess({
      ...script('console.log("up"); setInterval(() => {}, 1000)'),
      isReady: () => Promise.resolve(lines.includes('up')),
      onLine: line => lines.push(line),
    })
    await child.stop()
    expect(await child.exited).toEqual({ code: null, signal: 'SIGTERM' })
  })

  it('tells the last lines of a child that ends before it is ready', async () => {
    const started = startProcess({
      ...script('console.error("the port is taken"); process.exit(3)'),
      isReady: () => Promise.resolve(false),
    })
    await expect(started).rejects.toThrow(/the port is taken/)
  })

  it('tells the fatal line however much is written after it', async () => {
    const started = startProcess({
      ...script(`
        console.log('{"level":"fatal","msg":"port 8080 is in use"}')
        for (let n = 0; n < 1000; n++) console.log('noise ' + n)
        process.exitCode = 1
      `),
      isReady: () => Promise.resolve(false),
    })
    await expect(started).rejects.toThrow(/port 8080 is in use[\s\S]*noise 999$/)
  })

  it('ends a child that is not ready in time', async () => {
    const started = startProcess({
      ...script('setInterval(() => {}, 1000)'),
      isReady: () => Promise.reject(new Error('no answer')),
      readyMs: 200,
    })
    await expect(started).rejects.toThrow(/did not start/)
  })

  it('says so when the command cannot be run', async () => {
    const started = startProcess({
      name: 'nothing',
      command: '/nonexistent/command',
      args: [],
      env: {},
      isReady: () => Promise.resolve(false),
    })
    await expect(started).rejects.toThrow(/nothing did not start/)
  })
})
