// node .ci/check-supply-chain.mjs BOM: what comes from elsewhere. Every package of the lock file comes from npm's registry over TLS
// with a SHA-512 of what it holds, runs no install script that package.json does not allow, and has a licence of the list below. Then
// the bill of materials (CycloneDX 1.5, written to BOM) is made by npm and held against the schema. Known vulnerabilities are asked
// for where the registry answers that; where it does not, this says so.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { Ajv } from 'ajv'

const LICENCES = new Set([
  ...['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Unlicense', 'MPL-2.0'],
  'EDL-1.0', // the three clauses of BSD, by Eclipse
])
/** Where package.json says nothing, or misspells it: what their own LICENSE file or README says, or that of the version after it. */
const READ_BY_HAND = {
  '@mapbox/jsonlint-lines-primitives@2.0.2': 'MIT',
  'arc@0.2.0': 'BSD-2-Clause',
  'splaytree-ts@1.0.2': 'BSD-3-Clause',
}

const bomFile = process.argv[2]
if (bomFile === undefined) throw new Error('usage: node .ci/check-supply-chain.mjs BOM')
const read = file => JSON.parse(readFileSync(file, 'utf8'))
const { packages } = read('package-lock.json')
const { allowScripts } = read('package.json')
/**
 * Builds for other platforms that a mirror of the registry does not have (.ci/complete-lock.mjs names them, so that `npm ci` takes the
 * lock file): nothing of them is here, and what they hold is not known. Counted and told.
 */
const isElsewhere = (path, { optional, integrity }) => optional === true && integrity === undefined && !existsSync(path)
const foreign = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && !link)
const faults = []

/** `MIT OR Apache-2.0`: one of them will do; `A AND B`: both must. */
const isAllowed = licence =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some(choice => choice.split(' AND ').every(part => LICENCES.has(part)))

function faultsOf(path, entry) {
  const name = `${entry.name ?? path.split('node_modules/').at(-1)}@${entry.version}`
  const licence = READ_BY_HAND[name] ?? entry.license
  const found = []
  if (!entry.inBundle && !/^https:\/\/registry\.npmjs\.org\//.test(entry.resolved ?? ''))
    found.push(`comes from ${entry.resolved}`)
  if (!entry.inBundle && !/^sha512-/.test(entry.integrity ?? '')) found.push('has no SHA-512')
  if (entry.hasInstallScript && !(name in allowScripts)) found.push('runs an install script that nobody decided on')
  if (typeof licence !== 'string' || !isAllowed(licence)) found.push(`has the licence ${licence}`)
  return found.map(what => `${name} ${what}`)
}

const elsewhere = foreign.filter(([path, entry]) => isElsewhere(path, entry))
for (const [path, entry] of foreign) if (!isElsewhere(path, entry)) faults.push(...faultsOf(path, entry))
if (elsewhere.length > 0)
  console.log(`NOT CHECKED: ${elsewhere.length} builds for other platforms, which have no hash in the lock file`)
if (foreign.length < 100) faults.push(`only ${foreign.length} packages were found: is the lock file what it was?`)
// Canaries: a check that refuses nothing would have accepted the file too.
const good = { version: '1.0.0', resolved: 'https://registry.npmjs.org/x', integrity: 'sha512-x', license: 'MIT' }
const wrong = [
  { ...good, resolved: 'git+ssh://git@github.com/x/y.git' },
  { ...good, integrity: 'sha1-x' },
  { ...good, hasInstallScript: true },
  { ...good, license: 'AGPL-3.0' },
  { ...good, license: 'MIT AND AGPL-3.0' },
]
if (faultsOf('node_modules/x', good).length > 0) faults.push('a good package was refused')
for (const entry of wrong)
  if (faultsOf('node_modules/x', entry).length === 0) faults.push(`accepted ${JSON.stringify(entry)}`)

function makeBom() {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']
  const bom = JSON.parse(
    execFileSync('npm', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'pipe'] }),
  )
  bom.metadata.component.name = 'cordon' // npm writes the folder's name
  return bom
}

/** With the schema's own formats unchecked (`iri-reference`, `idn-email`): they are not what could be wrong here. */
function bomSchema() {
  const folder = 'node_modules/@cyclonedx/cyclonedx-library/res/schema'
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
  for (const name of ['spdx', 'jsf-0.82']) {
    const file = `${name}.SNAPSHOT.schema.json`
    ajv.addSchema(read(`${folder}/${file}`), `http://cyclonedx.org/schema/${file}`)
  }
  return ajv.compile(read(`${folder}/bom-1.5.SNAPSHOT.schema.json`))
}

const bom = makeBom()
const isBom = bomSchema()
if (!isBom(bom))
  for (const { instancePath, message } of isBom.errors) faults.push(`bill of materials: ${instancePath} ${message}`)
for (const broken of [
  { ...bom, bomFormat: 'x' },
  { ...bom, components: [{ name: 'without a type' }] },
]) {
  if (isBom(broken)) faults.push('the schema accepted a broken bill of materials')
}
if (bom.components.length < 100) faults.push(`the bill of materials has ${bom.components.length} components`)
writeFileSync(bomFile, `${JSON.stringify(bom, null, 2)}\n`)

const audit = spawnSync('npm', ['audit', '--audit-level=high', '--json'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
const answer = JSON.parse(audit.stdout || '{}')
if (answer.metadata === undefined) {
  console.log(
    `known vulnerabilities: NOT CHECKED, this registry does not answer: ${answer.message ?? audit.stderr.trim().split('\n')[0]}`,
  )
} else if (audit.status !== 0) faults.push(`known vulnerabilities: ${JSON.stringify(answer.metadata.vulnerabilities)}`)
else console.log('known vulnerabilities: none that is high or critical')

for (const fault of faults) console.error(fault)
console.log(
  `${foreign.length} packages, ${bom.components.length} components in the bill of materials, ${faults.length} faults`,
)
process.exit(faults.length === 0 ? 0 : 1)
