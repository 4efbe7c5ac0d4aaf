import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const MAIN = fileURLToPath(new URL('../../../services/ingest/dist/rejudge-main.js', import.meta.url))
const HOUR_MS = 3_600_000

/** `npm run rejudge` of one wearer over the last hour; its last line. Rejects unless everything comes out as it is on record. */
export async function judgeAgain(databaseUrl: string, reference: string): Promise<string> {
  const instant = (ms: number) => new Date(ms).toISOString()
  const period = ['--from', instant(Date.now() - HOUR_MS), '--to', instant(Date.now() + HOUR_MS)]
  const env = { PATH: process.env.PATH, CORDON_DATABASE_URL: databaseUrl }
  const { stdout } = await run(process.execPath, [MAIN, '--wearer', reference, ...period], { env })
  return stdout.trim().split('\n').at(-1) ?? ''
}
