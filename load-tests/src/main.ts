import { writeFileSync } from 'node:fs'
import { describeMachine, readMachine } from './report/machine.ts'
import { renderChecks, renderLoad } from './report/render.ts'
import { measureLoad } from './run/measure-load.ts'
import { type Defaults, parseOptions } from './run/options.ts'
import { runToEnd } from './run/run-to-end.ts'
import { startStack } from './stack/start-stack.ts'
import { runSuite } from './suite/run-suite.ts'
import { verify } from './verify/verify.ts'

/** `npm run load`: how much, how fast and at what price; and whether anything was lost on the way. */
const DEFAULTS: Defaults = {
  tags: 2_000,
  rate: 1_000,
  items: 1,
  seconds: 60,
  'warm-up': 10,
  malformed: 0,
  entries: 1,
  zones: 10,
  vertices: 64,
  readers: 1,
  everything: 2_000,
  // one process: 23 µs of CPU a message; four of 500 connections: 33 µs
  connections: 2_000,
}

const say = (line: string) => void process.stderr.write(`${line}\n`)

async function main(): Promise<void> {
  const args = process.argv.slice(2)
  if (args.includes('--suite')) return runSuite(args, say)
  const { stack: stackOptions, traffic: trafficOptions, jsonFile } = parseOptions(args, DEFAULTS)
  const machine = readMachine()
  const stack = await startStack({ ...stackOptions, say })
  try {
    const { traffic, figures } = await measureLoad(stack, { ...trafficOptions, say })
    const { results, reader } = traffic
    const checks = await verify({
      store: stack.store,
      published: results.flatMap(({ tags }) => tags),
      faults: results.flatMap(({ faults }) => faults),
      reader,
    })
    const { tags, zones, vertices } = stackOptions
    const { rate, items } = trafficOptions
    const asked = `${tags} tags, ${rate} messages/s of ${items}, ${zones} zones of ${vertices} vertices a wearer`
    process.stdout.write(`\n${describeMachine(machine)}\n${stack.parts}\n${asked}\n\n`)
    process.stdout.write(`${renderLoad(figures)}\n\n${renderChecks(checks)}\n`)
    if (jsonFile !== undefined) {
      const result = { machine, parts: stack.parts, ...stackOptions, ...trafficOptions, figures, checks }
      writeFileSync(jsonFile, `${JSON.stringify(result, null, 2)}\n`)
    }
    if (checks.some(({ isMet }) => !isMet)) process.exitCode = 1
  } finally {
    await stack.stop()
  }
}

await runToEnd(main)
