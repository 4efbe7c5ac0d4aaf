import { readFileSync } from 'node:fs'
import { type CpuProfile, type Sum, sumStages } from './profile/sum-stages.ts'
import { formatTable } from './report/table.ts'

/** `npm run profile -- FILE.cpuprofile …`: where the CPU time of ingest went, by stage and by function. Idle time is left out. */
const FUNCTIONS = 30

function render(sums: readonly Sum[], heading: string): string {
  const busy = sums.filter(({ name }) => name !== 'idle' && name !== '(idle)')
  const all = busy.reduce((total, { ms }) => total + ms, 0)
  return formatTable(
    [heading, 'ms', '%'],
    busy.slice(0, FUNCTIONS).map(({ name, ms }) => [name, Math.round(ms), (100 * ms) / all]),
  )
}

for (const file of process.argv.slice(2)) {
  const { stages, functions } = sumStages(JSON.parse(readFileSync(file, 'utf8')) as CpuProfile)
  process.stdout.write(`${file}\n\n${render(stages, 'stage')}\n\n${render(functions, 'function')}\n\n`)
}
