import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLifecycle, createLogger } from '@cordon/runtime'
import { CLOCK_ARGS, clockEnv } from './faults/clocks.ts'
import type { FaultRow } from './faults/fault.ts'
import { type FaultOptions, parseFaultOptions } from './faults/options.ts'
import { countBroken, renderFaults, renderMarkdown, withTable } from './faults/render-faults.ts'
import { runFault } from './faults/run-fault.ts'
import { describeMachine, readMachine } from './report/machine.ts'
import { runToEnd } from './run/run-to-end.ts'
import { createProxy } from './stack/create-proxy.ts'
import { type Stack, startStack } from './stack/start-stack.ts'

/** `npm run faults`: one fault after the other under load, and what was lost, doubled or not told by it. Exits with 1 if anything was. */
const PAGE = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url))
const ZONES = { zones: 3, vertices: 32 }

const say = (line: string) => void process.stderr.write(`${line}\n`)

async function runAll(stack: Stack, { faults, tags, rate, dir }: FaultOptions): Promise<readonly FaultRow[]> {
  const rows: FaultRow[] = []
  const clients = await createProxy({ host: '127.0.0.1', port: Number(new URL(stack.streamUrl).port) })
  for (const [index, fault] of faults.entries()) {
    const hindrance = fault.hindrance?.() ?? null
    if (hindrance !== null) {
      say(`${fault.title}: not tried, ${hindrance}`)
      continue
    }
    const own = stack.tags.slice(index * (tags + 1), (index + 1) * (tags + 1))
    const row = await runFault(fault, { stack, clients, tags: own, rate, dir, say })
    rows.push(row)
    say(renderFaults([row]))
  }
  await clients.stop()
  return rows
}

async function main(): Promise<void> {
  const options = parseFaultOptions(process.argv.slice(2))
  const { faults, embedded, dir, rate, tags } = options
  const machine = readMachine()
  const startedAt = Date.now()
  const lifecycle = createLifecycle(createLogger({ name: 'faults', level: 'error' }), { stopTimeoutMs: 120_000 })
  // the services have much to say while things fail: it is kept beside, for whoever wants to know
  const log = join(dir, 'services.log')
  mkdirSync(dir, { recursive: true })
  writeFileSync(log, '')
  const onLine = (line: string) => appendFileSync(log, `${line}\n`)
  const people = faults.length * (tags + 1)
  const stack = await lifecycle.start('stack', () =>
    startStack({
      ...{ ...ZONES, tags: people, embedded, dir, profileDir: undefined },
      ...{ isLinked: true, nodeArgs: CLOCK_ARGS, env: clockEnv(dir), say, onLine },
    }),
  )
  try {
    const rows = await runAll(stack, options)
    const about = `${describeMachine(machine)}\n${stack.parts}\n${rate} messages a second of ${tags} tags`
    say(`${Math.round((Date.now() - startedAt) / 1_000)} s`)
    process.stdout.write(`\n${about}\n\n${renderFaults(rows)}\n`)
    const broken = countBroken(rows)
    process.stdout.write(broken === 0 ? '\nPASS\n' : `\nFAIL: ${broken} of ${rows.length} faults broke a promise\n`)
    if (broken > 0) process.exitCode = 1
    if (options.write) {
      const date = new Date(startedAt).toISOString().slice(0, 10)
      const text = `${date}; ${about.replaceAll('\n', '; ')}.\n\n${renderMarkdown(rows)}`
      writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), text))
    }
  } finally {
    await lifecycle.stop('the run is over')
  }
}

await runToEnd(main)
