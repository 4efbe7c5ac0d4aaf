import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { isCordonError } from './errors/cordon-error.ts'
import { createLifecycle } from './lifecycle.ts'
import { createLogger } from './log/create-logger.ts'

const silent = createLogger({ name: 'test', level: 'silent' })

describe('a lifecycle within a process', () => {
  it('stops in the reverse order of the starts, once, and gives back what was started', async () => {
    const lifecycle = createLifecycle(silent)
    const calls: string[] = []
    const database = await lifecycle.start('database', () => ({ url: 'here', stop: () => void calls.push('database') }))
    await lifecycle.start('broker', async () => () => void calls.push('broker'))
    await Promise.all([lifecycle.stop('test'), lifecycle.stop('again'), lifecycle.stopped])
    expect(database.url).toBe('here')
    expect(calls).toEqual(['broker', 'database'])
    await expect(lifecycle.start('late', () => () => undefined)).rejects.toThrow('late was not started')
  })

  it('stops what was started when a start fails, and says which part failed and why', async () => {
    const lifecycle = createLifecycle(silent)
    const calls: string[] = []
    await lifecycle.start('database', () => () => void calls.push('database'))
    const cause = new Error('no such host')
    const error: unknown = await lifecycle
      .start('broker', () => Promise.reject(cause))
      .catch((thrown: unknown) => thrown)
    expect(isCordonError(error, 'start-failed')).toBe(true)
    expect(error).toMatchObject({ message: 'broker did not start: no such host', cause })
    expect(calls).toEqual(['database'])
  })

  it('waits for the start under way before it stops, and stops that too', async () => {
    const lifecycle = createLifecycle(silent)
    const calls: string[] = []
    let finish: () => void = () => undefined
    const gate = new Promise<void>(resolve => {
      finish = resolve
    })
    const starting = lifecycle.start('database', async () => {
      await gate
      return () => void calls.push('database')
    })
    const stopping = lifecycle.stop('test')
    expect(calls).toEqual([])
    finish()
    await Promise.all([starting, stopping])
    expect(calls).toEqual(['database'])
  })

  it('leaves no signal listeners behind', async () => {
    const before = process.listenerCount('SIGTERM')
    const lifecycle = createLifecycle(silent)
    await lifecycle.start('part', () => () => undefined)
    expect(process.listenerCount('SIGTERM')).toBe(before + 1)
    await lifecycle.stop('test')
    expect(process.listenerCount('SIGTERM')).toBe(before)
  })
})

/** Runs a program that has `lifecycle` and prints `up` when it wants to be signalled. */
async function runProgram(body: string, signals: readonly NodeJS.Signals[]) {
  const child = spawn(
    process.execPath,
    ['--conditions=@cordon/source', '--import=tsx', '--input-type=module', '--eval', `${PRELUDE}${body}`],
    { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let output = ''
  const waiting = [...signals]
  child.stdout.on('data', chunk => {
    output += chunk
    if (/(up|again)\n$/.test(output)) child.kill(waiting.shift() ?? 'SIGKILL')
  })
  const [code] = await once(child, 'close')
  return { code, output }
}

const PRELUDE = `
  import { createLifecycle } from './lifecycle.ts'
  import { createLogger } from './log/create-logger.ts'
  const lifecycle = createLifecycle(createLogger({ name: 'child', level: 'info' }), { stopTimeoutMs: 200 })
  const say = text => process.stdout.write(text + '\\n')
  const timer = setInterval(() => {}, 1000)
`

describe('a lifecycle of a whole process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('stops on %s and exits with 0', async signal => {
    const { code, output } = await runProgram(
      `await lifecycle.start('part', () => () => { clearInterval(timer); say('part stopped') }); say('up')`,
      [signal],
    )
    expect(output).toContain('part stopped')
    expect(code).toBe(0)
  })

  it('exits at once on the second signal', async () => {
    const { code, output } = await runProgram(
      `await lifecycle.start('part', () => async () => { say('again'); await new Promise(() => {}) }); say('up')`,
      ['SIGTERM', 'SIGTERM'],
    )
    expect(output).toContain('second signal')
    expect(code).toBe(1)
  })

  it('leaves a part behind that does not stop in time, still stops the others, and exits with 1', async () => {
    const { code, output } = await runProgram(
      `await lifecycle.start('first', () => () => { clearInterval(timer); say('first stopped') })
       await lifecycle.start('stuck', () => () => new Promise(() => {})); say('up')`,
      ['SIGTERM'],
    )
    expect(output).toContain('stopping stuck took longer than 200 ms')
    expect(output).toContain('first stopped')
    expect(code).toBe(1)
  })

  it('ends a process that something keeps alive after the stop', async () => {
    const { code, output } = await runProgram(`await lifecycle.start('part', () => () => {}); say('up')`, ['SIGTERM'])
    expect(output).toContain('still alive after the stop')
    expect(code).toBe(1)
  })

  it('ends a process whose start has failed although something keeps it alive', async () => {
    const { code, output } = await runProgram(
      `await lifecycle.start('database', () => () => say('database stopped'))
       await lifecycle.start('http', () => { throw new Error('the port is taken') }).catch(lifecycle.giveUp)`,
      [],
    )
    expect(output).toContain('database stopped')
    expect(output).toMatch(/"level":"fatal".*the port is taken/)
    expect(output).toContain('still alive after the stop')
    expect(code).toBe(1)
  })

  it('stops the rest and exits with 1 when a part fails later', async () => {
    const { code, output } = await runProgram(
      `await lifecycle.start('part', () => () => { clearInterval(timer); say('part stopped') })
       lifecycle.fail('database', new Error('crashed'))`,
      [],
    )
    expect(output).toContain('crashed')
    expect(output).toContain('part stopped')
    expect(code).toBe(1)
  })
})
