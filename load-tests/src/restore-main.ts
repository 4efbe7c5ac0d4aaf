import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createLifecycle, createLogger } from '@cordon/runtime'
import { describeMachine, readMachine } from './report/machine.ts'
import { renderChecks } from './report/render.ts'
import { rehearse } from './restore/rehearse.ts'
import { runToEnd } from './run/run-to-end.ts'

/** `npm run rehearse-restore`: a database is lost and restored to an instant, and dumped and restored. Ends with 1 unless all of it holds. */
const say = (line: string) => void process.stderr.write(`${line}\n`)
const STOP_MS = 60_000

async function main(): Promise<void> {
  const options = { dir: { type: 'string', default: join(tmpdir(), 'cordon-restore') } } as const
  const dir = resolve(parseArgs({ options }).values.dir)
  mkdirSync(dir, { recursive: true })
  const logger = createLogger({ name: 'rehearsal', level: 'error' })
  const lifecycle = createLifecycle(logger, { stopTimeoutMs: STOP_MS })
  try {
    const checks = await rehearse({ lifecycle, logger, dir, say })
    const failed = checks.filter(({ isMet }) => !isMet).length
    process.stdout.write(`\n${describeMachine(readMachine())}\n\n${renderChecks(checks)}\n`)
    process.stdout.write(failed === 0 ? '\nPASS\n' : `\nFAIL: ${failed} of ${checks.length} do not hold\n`)
    if (failed > 0) process.exitCode = 1
  } finally {
    await lifecycle.stop('the rehearsal is over')
  }
}

await runToEnd(main)
