import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type BacklogFigures, runBacklog } from './backlog/run-backlog.ts'
import type { Latencies } from './report/latencies.ts'
import { describeMachine, readMachine } from './report/machine.ts'
import { renderChecks } from './report/render.ts'
import { formatTable } from './report/table.ts'
import { readCount } from './run/read-count.ts'
import { runToEnd } from './run/run-to-end.ts'
import { startStack } from './stack/start-stack.ts'
import type { Check } from './verify/verify.ts'

/** `npm run backlog`: thousands of tags send what they had stored, all at once. What does that do to the live fixes of others? */
const MOST_DELAY_MS = 2_000
const MOST = { max: 20_000 }

const say = (line: string) => void process.stderr.write(`${line}\n`)

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      tags: { type: 'string', default: '2000' },
      minutes: { type: 'string', default: '60' },
      live: { type: 'string', default: '500' },
      embedded: { type: 'boolean', default: false },
      dir: { type: 'string', default: join(tmpdir(), 'cordon-load') },
      profile: { type: 'string' },
    },
  })
  const backlogs = readCount('tags', values.tags, MOST)
  const minutes = readCount('minutes', values.minutes, MOST)
  const live = readCount('live', values.live, MOST)
  const machine = readMachine()
  const { embedded, dir, profile: profileDir } = values
  const stack = await startStack({ tags: backlogs + 2 * live, zones: 10, vertices: 64, embedded, dir, profileDir, say })
  try {
    const figures = await runBacklog(stack, { backlogs, minutes, live, beforeMs: 20_000, duringMs: 30_000, say })
    const checks = [checkDelay(figures), ...figures.checks]
    process.stdout.write(`\n${describeMachine(machine)}\n${stack.parts}\n`)
    process.stdout.write(
      `${backlogs} tags with ${minutes} fixes each, ${live} wearers with a live fix each two seconds\n\n`,
    )
    process.stdout.write(`${renderBacklog(figures)}\n\n${renderChecks(checks)}\n`)
    if (checks.some(({ isMet }) => !isMet)) process.exitCode = 1
  } finally {
    await stack.stop()
  }
}

function renderBacklog({ before, during, sent, lateFixes }: BacklogFigures): string {
  const row = (name: string, latencies: Latencies) => [
    name,
    latencies.count(),
    ...[0.5, 0.99, 1].map(share => latencies.percentile(share)),
  ]
  const delays = formatTable(
    ['ms from publishing a live fix', 'times', 'p50', 'p99', 'max'],
    [
      row('to its receipt by ingest, before', before.received),
      row('to its receipt by ingest, during', during.received),
      row('to its commit, before', before.committed),
      row('to its commit, during', during.committed),
      row('to the incident told, before', before.told),
      row('to the incident told, during', during.told),
    ],
  )
  const since = (at: number) => (at - sent.startedAt) / 1_000
  const burst = formatTable(
    [`${lateFixes} late fixes at once`, 's after the first'],
    [
      ['the broker has acknowledged all', since(sent.acknowledgedAt)],
      ['all are stored', since(sent.storedAt)],
      ['all are judged in their place', since(sent.judgedAt)],
    ],
  )
  return `${delays}\n\n${burst}\nactivations that waited at once, as seen: ${sent.mostWaiting}`
}

/** By how much live fixes are later than they would have been. */
function checkDelay({ before, during }: BacklogFigures): Check {
  const more = (['committed', 'told'] as const).map(what => during[what].max() - before[what].percentile(0.5))
  return {
    name: 'no live fix, and no incident of one, is delayed by more than 2 s',
    isMet: more.every(ms => ms <= MOST_DELAY_MS),
    detail: `the slowest: ${more[0]} ms later committed, ${more[1]} ms later told, than half of those before the burst`,
  }
}

await runToEnd(main)
