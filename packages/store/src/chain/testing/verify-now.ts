import type { TestDatabase } from '@cordon/testkit'
import type { ChainHead } from '../read-heads.ts'
import { openSnapshot } from '../verify/snapshot.ts'
import { type Verification, verifyChain } from '../verify/verify-chain.ts'

/** From before all tests' fixes to after them. */
export const EVER = { from: Date.UTC(2020, 0), to: Date.UTC(2100, 0) }

/** What the command finds, without the process. */
export async function verifyNow(
  { url }: TestDatabase,
  period = EVER,
  anchors: readonly ChainHead[] = [],
): Promise<Verification> {
  const snapshot = await openSnapshot(url)
  try {
    return await verifyChain(snapshot, period, anchors)
  } finally {
    await snapshot.close()
  }
}
