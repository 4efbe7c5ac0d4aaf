import type { ChainHead } from '../chain/read-heads.ts'
import { openSnapshot } from '../chain/verify/snapshot.ts'
import { type Verification, verifyChain } from '../chain/verify/verify-chain.ts'

/** From before all tests' fixes to after them. */
const EVER = { from: Date.UTC(2020, 0), to: Date.UTC(2100, 0) }

/** What the command finds, without the process. */
export async function verifyNow(
  { url }: { readonly url: string },
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
