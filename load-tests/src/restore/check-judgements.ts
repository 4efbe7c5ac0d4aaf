import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Check } from '../verify/verify.ts'
import type { Role } from './tell-story.ts'

const run = promisify(execFile)
const MAIN = fileURLToPath(new URL('../../../services/ingest/dist/rejudge-main.js', import.meta.url))
const HOUR_MS = 3_600_000

/** `npm run rejudge` of one wearer over the last hour; its last line. Rejects unless everything comes out as it is on record. */
async function judgeAgain(databaseUrl: string, reference: string): Promise<string> {
  const instant = (ms: number) => new Date(ms).toISOString()
  const period = ['--from', instant(Date.now() - HOUR_MS), '--to', instant(Date.now() + HOUR_MS)]
  const env = { PATH: process.env.PATH, CORDON_DATABASE_URL: databaseUrl }
  const { stdout } = await run(process.execPath, [MAIN, '--wearer', reference, ...period], { env })
  return stdout.trim().split('\n').at(-1) ?? ''
}

export async function checkJudgements(databaseUrl: string, roles: readonly Role[], where: string): Promise<Check> {
  const said: string[] = []
  const failed: string[] = []
  for (const { tag } of roles) {
    await judgeAgain(databaseUrl, tag.id).then(
      line => said.push(line),
      (error: unknown) => failed.push(`${tag.id}: ${String(error)}`),
    )
  }
  return {
    name: `every judgement in ${where} comes out the same when it is made again`,
    isMet: failed.length === 0,
    detail: failed.join('; ') || said.join('; '),
  }
}
