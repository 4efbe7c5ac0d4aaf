import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { sleep } from '@cordon/runtime'
import { expect, it } from 'vitest'
import { endWithParent } from './end-with-parent.ts'

const LIVES_ON = 'console.log(process.pid); setInterval(() => {}, 1_000)'
const node = (...args: string[]) => ['--import', 'tsx', ...args]

/** What is preloaded with the address of this module, spoken by the parent itself: only it knows its number. */
const PARENT = `
  import { spawn } from 'node:child_process'
  import { endWithParent } from ${JSON.stringify(new URL('./end-with-parent.ts', import.meta.url).href)}
  const args = [...${JSON.stringify(node())}, '--import', endWithParent(process.pid), '-e', ${JSON.stringify(LIVES_ON)}]
  spawn(process.execPath, args, { stdio: 'inherit' })
`

/** The number of the process that says it. */
async function readPid({ stdout }: ChildProcess): Promise<number> {
  if (stdout === null) throw new Error('its output is not read')
  const [line] = (await once(stdout, 'data')) as [Buffer]
  return Number(line.toString())
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

it('a child of npm start ends when its parent is killed, and not before', async () => {
  const parent = spawn(process.execPath, node('--input-type=module', '-e', PARENT))
  const pid = await readPid(parent)
  await sleep(2_000)
  expect(isAlive(pid)).toBe(true)
  parent.kill('SIGKILL')
  for (const deadline = Date.now() + 10_000; isAlive(pid) && Date.now() < deadline; ) await sleep(50)
  expect(isAlive(pid)).toBe(false)
})

it('it ends as well when its parent was killed before it had begun', async () => {
  const nobody = 2 ** 22 + 1 // Linux gives no such number
  const child = spawn(process.execPath, node('--import', endWithParent(nobody), '-e', LIVES_ON))
  await once(child, 'exit')
  expect(child.signalCode).toBe('SIGTERM')
})
