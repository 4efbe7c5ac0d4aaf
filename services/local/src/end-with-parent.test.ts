import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { endWithParent } from './end-with-parent.ts'

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('a child of npm start', () => {
  it('ends when its parent is killed, and not before', async () => {
    const node = ['--import', 'tsx', '--import', endWithParent]
    const grandchild = `require('node:child_process').spawn(process.execPath, ${JSON.stringify([...node, '-e', 'setInterval(() => {}, 1000)'])}, { stdio: 'ignore' })`
    const parent = spawn(process.execPath, ['-e', `console.log((${grandchild}).pid); setInterval(() => {}, 1000)`])
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(line.toString())
    await new Promise(resolve => setTimeout(resolve, 2_000))
    expect(isAlive(pid)).toBe(true)
    parent.kill('SIGKILL')
    for (const deadline = Date.now() + 10_000; isAlive(pid) && Date.now() < deadline; ) {
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    expect(isAlive(pid)).toBe(false)
  })
})
