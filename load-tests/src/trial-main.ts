import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toError } from '@cordon/runtime'
import { formatTable } from './report/table.ts'
import { renderMarkdown } from './trial/page/render-markdown.ts'
import { renderPage } from './trial/page/render-page.ts'
import { type Summary, summarise } from './trial/page/summary.ts'
import { comparisonTable, goalTable, notWonTable, type Table } from './trial/page/tables.ts'
import { runTrial } from './trial/run/run-trial.ts'
import { parseTrialOptions } from './trial/run/trial-options.ts'

/** `npm run trial`: how much the engine finds and how often it is wrong, beside what is in use. Exits with 1 when a goal is missed. */
const REPORT = fileURLToPath(new URL('../../docs/trial', import.meta.url))

const say = (line: string) => void process.stderr.write(`${line}\n`)
const print = ({ head, rows }: Table) => void process.stdout.write(`${formatTable(head, rows)}\n\n`)

async function main(): Promise<void> {
  const { seeds, threads, isQuick, settings, dir } = parseTrialOptions(process.argv.slice(2))
  const result = await runTrial({ seeds, settings, threads, withCurve: !isQuick, say })
  const summary = summarise(result)
  for (const table of summary.tables.slice(0, 3)) {
    process.stdout.write(`fixes: ${table.title}\n`)
    print(comparisonTable(table))
  }
  print(notWonTable(summary))
  print(goalTable(summary))
  if (!isQuick) {
    const folder = dir ?? REPORT
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'index.html'), renderPage(summary, result))
    writeFileSync(join(folder, 'README.md'), renderMarkdown(summary))
    writeFileSync(join(folder, 'results.json'), renderJson(summary))
    say(`report in ${folder}`)
  }
  if (summary.goals.some(({ isMet }) => !isMet)) process.exitCode = 1
}

const renderJson = (summary: Summary): string => `${JSON.stringify(summary, null, 2)}\n`

await main().catch((error: unknown) => {
  say(toError(error).stack ?? String(error))
  process.exitCode = 1
})
