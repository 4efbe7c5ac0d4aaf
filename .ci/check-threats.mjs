// Every test that docs/security.md names, as `file` › *name*, is there under that name, and every threat names one or says that none does.
import { existsSync, readFileSync } from 'node:fs'

const text = readFileSync('docs/security.md', 'utf8')
const named = [...text.matchAll(/`([\w./-]+\.(?:test|property\.test)\.ts)` › ([*_])(.+?)\2(?=[,; |])/g)].map(
  ([, file, , name]) => ({
    file,
    name,
  }),
)
const threats = [...text.matchAll(/^\| T\d+ /gm)].length

const isTest = ({ file, name }) => {
  if (!existsSync(file)) return false
  const source = readFileSync(file, 'utf8')
  return ["'", '"', '`'].some(
    quote =>
      source.includes(`(${quote}${name}${quote}`) ||
      source.includes(`\n${' '.repeat(2)}${quote}${name}${quote}`) ||
      source.includes(`\n    ${quote}${name}${quote}`),
  )
}
const missing = named.filter(test => !isTest(test))
const withoutTest = text
  .split('\n')
  .filter(line => /^\| T\d+ /.test(line) && !/` › [*_]/.test(line) && !line.includes('not tested'))

// Canary: a name that no test has must be missed.
if (isTest({ file: named[0]?.file ?? '', name: 'a name that no test has' }))
  throw new Error('the check accepts any name')
if (threats < 15 || named.length < threats)
  throw new Error(`only ${threats} threats and ${named.length} tests were found`)
for (const { file, name } of missing)
  console.error(`docs/security.md names a test that is not there: ${file} › ${name}`)
for (const line of withoutTest) console.error(`a threat without a test: ${line.slice(0, 80)}`)
console.log(`docs/security.md: ${threats} threats, ${named.length} tests named`)
process.exit(missing.length + withoutTest.length === 0 ? 0 : 1)
