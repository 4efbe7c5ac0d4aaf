import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkCatchUp } from './catch-up/check-catch-up.ts'
import { type CatchUpFigures, readCatchUp } from './catch-up/read-catch-up.ts'
import { runCatchUp } from './catch-up/run-catch-up.ts'
import { describeMachine, readMachine } from './report/machine.ts'
import { renderChecks } from './report/render.ts'
import { formatTable } from './report/table.ts'
import { readCount } from './run/read-count.ts'
import { runToEnd } from './run/run-to-end.ts'
import { startStack } from './stack/start-stack.ts'

/** `npm run catch-up`: an hour of England's fixes waits at the broker. How soon is it as if nothing had been? */
const ENGLAND = { tags: '12318', minutes: '60', seconds: '120' }
const MOST = { max: 20_000 }

/** As in docker-compose.yml: what a message leaves behind dies young, and is not copied first. */
const INGEST_ARGS = ['--max-semi-space-size=64']

const say = (line: string) => void process.stderr.write(`${line}\n`)

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      tags: { type: 'string', default: ENGLAND.tags },
      minutes: { type: 'string', default: ENGLAND.minutes },
      seconds: { type: 'string', default: ENGLAND.seconds },
      dir: { type: 'string', default: join(tmpdir(), 'cordon-load') },
    },
  })
  const tags = readCount('tags', values.tags, MOST)
  const minutes = readCount('minutes', values.minutes, MOST)
  const seconds = readCount('seconds', values.seconds, MOST)
  const machine = readMachine()
  const place = { zones: 10, vertices: 64, embedded: false, dir: values.dir, profileDir: undefined }
  const stack = await startStack({ ...place, tags, ingestArgs: INGEST_ARGS, say })
  try {
    const run = await runCatchUp(stack, { minutes, liveMs: seconds * 1_000, say })
    const figures = await readCatchUp(stack.store, run)
    const checks = checkCatchUp(run, figures)
    process.stdout.write(`\n${describeMachine(machine)}\n${stack.parts}\n`)
    process.stdout.write(`${tags} wearers, ${minutes} minutes at a fix a minute: ${run.stored} fixes at the broker\n\n`)
    process.stdout.write(`${render(figures)}\n\n${renderChecks(checks)}\n`)
    if (checks.some(({ isMet }) => !isMet)) process.exitCode = 1
  } finally {
    await stack.stop()
  }
}

function render({ seconds, perSecond, incidents }: CatchUpFigures): string {
  const late = incidents.filter(incident => incident.late).length
  const table = formatTable(
    ['', 's after ingest was told to start'],
    [
      ['ingest is ready: register and states read', seconds.ready],
      ['the last fix of the outage is committed', seconds.lastOfOutage],
      ['the last live fix that took longer than 2 s to its commit', seconds.live],
      ['nothing waits to be judged (the live time included)', seconds.judged],
      ['the first incident of a live entry is raised', seconds.firstLiveIncident],
      [`the last of ${late} late incidents is raised`, seconds.lastLateIncident],
    ],
  )
  const rate = Number.isNaN(perSecond)
    ? 'in one transaction'
    : `${Math.round(perSecond).toLocaleString('en-GB')} a second`
  return `${table}\nfixes of the outage were committed: ${rate}`
}

await runToEnd(main)
