import { readFile } from 'node:fs/promises'
import { readConfig, toError, url } from '@cordon/runtime'
import { parseVerifyOptions } from './chain/verify/options.ts'
import { renderVerification } from './chain/verify/render-verification.ts'
import { openSnapshot } from './chain/verify/snapshot.ts'
import { parseAnchors } from './chain/verify/verify-anchors.ts'
import { verifyChain } from './chain/verify/verify-chain.ts'

/**
 * `npm run verify-chain -- --from A --to B [--anchors FILE] [--json]`: holds what was measured or recorded in that time against the
 * hash chains. Reads only. Ends with 0: all as it was recorded; 1: not; 2: it could not be done.
 */
async function main(): Promise<number> {
  const { json, anchors: file, ...period } = parseVerifyOptions(process.argv.slice(2))
  const { databaseUrl } = readConfig(
    { databaseUrl: url('CORDON_DATABASE_URL', { protocols: ['postgres', 'postgresql'] }) },
    process.env,
  )
  const anchors = file === undefined ? [] : parseAnchors(await readFile(file, 'utf8'))
  const snapshot = await openSnapshot(databaseUrl)
  try {
    const verification = await verifyChain(snapshot, period, anchors)
    process.stdout.write(`${json ? JSON.stringify(verification, null, 2) : renderVerification(verification)}\n`)
    return verification.found === 0 ? 0 : 1
  } finally {
    await snapshot.close()
  }
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${toError(error).message}\n`)
  return 2
})
