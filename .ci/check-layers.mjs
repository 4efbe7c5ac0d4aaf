// Holds the tree against .dependency-cruiser.cjs. Two canaries come first, because a cruise that reads nothing reports
// success: every rule must catch a wrong import made for it, and every source file that git knows must have been cruised.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cruise } from 'dependency-cruiser'
import { cruiseWrongImports } from './layers-canary.mjs'

const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs')
const ROOTS = ['packages', 'services', 'load-tests']

async function violations(baseDir) {
  const ruleSet = { forbidden }
  const { output } = await cruise(ROOTS, { ...options, ruleSet, validate: true, baseDir })
  return { modules: output.modules.map(module => module.source), broken: output.summary.violations }
}

function sourcesInGit() {
  const patterns = ROOTS.flatMap(root => [`${root}/**/*.ts`, `${root}/**/*.tsx`])
  const files = execFileSync('git', ['ls-files', '--', ...patterns.map(p => `:(glob)${p}`)], { encoding: 'utf8' })
  return files.split('\n').filter(file => file && existsSync(file))
}

const faults = []
const caught = await cruiseWrongImports(violations)
for (const { from, imports, rule } of caught.missed)
  faults.push(`canary: ${rule} does not catch ${from} importing ${imports}`)
for (const { name } of forbidden)
  if (!caught.rules.has(name)) faults.push(`canary: no wrong import tries the rule ${name}`)

const { modules, broken } = await violations(process.cwd())
const sources = sourcesInGit()
const cruised = new Set(modules)
for (const file of sources) if (!cruised.has(file)) faults.push(`canary: ${file} was not cruised`)
if (sources.length === 0) faults.push('canary: git knows no source file')
for (const { rule, from, to } of broken) faults.push(`${rule.name}: ${from} → ${to}`)

for (const fault of faults) console.error(fault)
console.log(
  `layers: ${sources.length} sources, ${modules.length} modules cruised, ${caught.rules.size} rules tried, ${faults.length} faults`,
)
process.exit(faults.length === 0 ? 0 : 1)
