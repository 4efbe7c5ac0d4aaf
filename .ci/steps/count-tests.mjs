// node count-tests.mjs REPORT STATUS: "passed failed" from vitest's JSON report. STATUS is the exit code of vitest: when it
// is not 0 though no test failed (a file that does not load, an unhandled error), that is one failure. No report, or a report
// of nothing, is a failure as well.
import { readFileSync } from 'node:fs'

const [, , file, status] = process.argv

function count() {
  const {
    numPassedTests: passed,
    numFailedTests: failed,
    numTotalTests: total,
  } = JSON.parse(readFileSync(file, 'utf8'))
  const isWell = status === '0' && passed > 0 && total > 0
  return { passed, failed: failed === 0 && !isWell ? 1 : failed }
}

let result
try {
  result = count()
} catch (error) {
  console.error(`no report of this suite: ${error.message}`)
  result = { passed: 0, failed: 1 }
}
console.log(`${result.passed} ${result.failed}`)
