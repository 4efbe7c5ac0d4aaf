import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type PeerPrograms, runPeers } from '../peers/run-peers.ts'
import { describeMachine, readMachine } from '../report/machine.ts'
import { renderChecks } from '../report/render.ts'
import { startStack } from '../stack/start-stack.ts'
import { verify } from '../verify/verify.ts'
import { MODES, type Mode } from './modes.ts'
import { type ModeResult, missed, renderSuite } from './render-suite.ts'
import { runShifts } from './run-shifts.ts'

type Say = (line: string) => void

interface SuiteOptions {
  readonly minutes: number
  readonly dir: string
  /** Parts of names of modes; all when empty. */
  readonly only: readonly string[]
  readonly peers: PeerPrograms
}

/** `npm run load -- --suite`: every promise about speed on one machine, one after the other, and what of it does not hold. */
export async function runSuite(args: readonly string[], say: Say): Promise<void> {
  const options = parseSuite(args)
  const machine = readMachine()
  const results: ModeResult[] = []
  for (const mode of MODES.filter(({ name }) => isAsked(name, options.only))) {
    say(`\n${mode.name}`)
    results.push(await runMode(mode, options, say))
  }
  const peers = isAsked('peers', options.only) ? await runPeers(options.peers, say) : ''
  process.stdout.write(`\n${describeMachine(machine)}\n`)
  if (results.length > 0) process.stdout.write(`${options.minutes} minutes each\n\n${renderSuite(results)}\n\n`)
  for (const { mode, checks } of results) process.stdout.write(`${mode.name}\n${renderChecks(checks)}\n\n`)
  process.stdout.write(peers)
  const all = results.flatMap(result => [...result.checks.filter(check => !check.isMet), ...missed(result)])
  if (all.length > 0) process.exitCode = 1
}

const isAsked = (name: string, only: readonly string[]) => only.length === 0 || only.some(part => name.includes(part))

function parseSuite(args: readonly string[]): SuiteOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      suite: { type: 'boolean' },
      minutes: { type: 'string', default: '5' },
      only: { type: 'string', multiple: true, default: [] },
      dir: { type: 'string', default: join(tmpdir(), 'cordon-load') },
      'owntracks-recorder': { type: 'string' },
      tile38: { type: 'string' },
    },
  })
  const minutes = Number(values.minutes)
  if (!(minutes >= 0.1 && minutes <= 600)) throw new RangeError('--minutes takes a number from 0.1 to 600')
  const peers = { ownTracksRecorder: values['owntracks-recorder'], tile38: values.tile38 }
  return { minutes, dir: values.dir, only: values.only, peers }
}

async function runMode(mode: Mode, { minutes, dir }: SuiteOptions, say: Say): Promise<ModeResult> {
  const { tags, ingestArgs } = mode
  const place = { zones: 10, vertices: 64, embedded: false, dir, profileDir: undefined }
  const stack = await startStack({ ...place, tags, ingestArgs, say })
  try {
    const { rate, items, readers, everything } = mode
    const { before, traffic, figures, connected } = await runShifts(stack, {
      ...{ rate, items, readers, everything, malformed: 0, entriesPerSecond: 1 },
      ...{ warmUpMs: 10_000, windowMs: minutes * 60_000, connections: 5_000, say },
    })
    const results = [...before, traffic].flatMap(shift => shift.results)
    const published = results.flatMap(result => result.tags)
    const faults = results.flatMap(result => result.faults)
    const { reader } = traffic
    return { mode, figures, connected, checks: await verify({ store: stack.store, published, faults, reader }) }
  } finally {
    await stack.stop()
  }
}
