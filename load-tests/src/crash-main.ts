import { sleep, toError } from '@cordon/runtime'
import { describeMachine, readMachine } from './report/machine.ts'
import { renderChecks } from './report/render.ts'
import { formatTable } from './report/table.ts'
import { type Defaults, parseOptions } from './run/options.ts'
import { runTraffic, type Traffic } from './run/run-traffic.ts'
import type { ServiceName } from './stack/start-service.ts'
import { type Stack, startStack } from './stack/start-stack.ts'
import { type Check, verify } from './verify/verify.ts'

/** `npm run crash`: ingest is killed twice and the gateway once while tags publish and wearers walk into zones. */
const DEFAULTS: Defaults = {
  tags: 500,
  rate: 1_500,
  items: 1,
  seconds: 40,
  'warm-up': 2,
  malformed: 0.02,
  entries: 3,
  zones: 10,
  vertices: 64,
  readers: 1,
  everything: 1,
  connections: 500,
}

/** What is killed, and at which part of the time. */
const KILLS: readonly { readonly name: ServiceName; readonly at: number }[] = [
  { name: 'ingest', at: 0.2 },
  { name: 'gateway', at: 0.45 },
  { name: 'ingest', at: 0.7 },
]

interface Outage {
  readonly name: ServiceName
  /** Seconds into the window. */
  readonly after: number
  /** Milliseconds from the kill to ready again. */
  readonly downMs: number
}

const say = (line: string) => void process.stderr.write(`${line}\n`)

async function killAll(stack: Stack, windowMs: number, outages: Outage[]): Promise<void> {
  const startAt = Date.now()
  for (const { name, at } of KILLS) {
    await sleep(Math.max(0, startAt + at * windowMs - Date.now()))
    const killedAt = Date.now()
    say(`kill -9 ${name}`)
    await stack.services.killAndRestart(name)
    outages.push({ name, after: (killedAt - startAt) / 1_000, downMs: Date.now() - killedAt })
  }
}

async function run(stack: Stack, options: Parameters<typeof runTraffic>[1]) {
  const outages: Outage[] = []
  let killing: Promise<void> = Promise.resolve()
  const traffic = await runTraffic(stack, options, {
    windowBegins: () => {
      killing = killAll(stack, options.windowMs, outages)
      // waited for below; were it to fail before that, the process should not end with the tags still running
      killing.catch(() => undefined)
    },
    windowEnds: () => killing,
  })
  return { traffic, outages }
}

async function check(
  stack: Stack,
  { results, reader }: Traffic,
  outages: readonly Outage[],
): Promise<readonly Check[]> {
  const killed = outages.filter(({ name }) => name === 'gateway').length
  const checks = await verify({
    store: stack.store,
    published: results.flatMap(({ tags }) => tags),
    faults: results.flatMap(({ faults }) => faults),
    reader,
  })
  const proof: Check = {
    name: 'everything that was to be killed was, and the socket came back',
    isMet: outages.length === KILLS.length && reader.reconnects === killed,
    detail: `${outages.length} kills, ${reader.reconnects} reconnects of the socket`,
  }
  return [...checks, proof]
}

async function main(): Promise<void> {
  const { stack: stackOptions, traffic: trafficOptions } = parseOptions(process.argv.slice(2), DEFAULTS)
  const machine = readMachine()
  const stack = await startStack({ ...stackOptions, say })
  try {
    const { traffic, outages } = await run(stack, { ...trafficOptions, say })
    const checks = await check(stack, traffic, outages)
    const rows = outages.map(({ name, after, downMs }) => [`kill -9 ${name}`, after, downMs])
    process.stdout.write(`\n${describeMachine(machine)}\n${stack.parts}\n\n`)
    process.stdout.write(
      `${formatTable(['', 's into the run', 'ms until ready again'], rows)}\n\n${renderChecks(checks)}\n`,
    )
    const failed = checks.filter(({ isMet }) => !isMet).length
    process.stdout.write(failed === 0 ? '\nPASS\n' : `\nFAIL: ${failed} of ${checks.length} do not hold\n`)
    if (failed > 0) process.exitCode = 1
  } finally {
    await stack.stop()
  }
}

await main().catch((error: unknown) => {
  say(toError(error).stack ?? String(error))
  process.exitCode = 1
})
