import type { Finding } from './finding.ts'
import type { KnownChain, Places } from './read-links.ts'
import type { Coverage } from './removals.ts'
import type { Snapshot } from './snapshot.ts'

/** What every part of a verification reads from and reports to. */
export interface VerifyParts {
  readonly snapshot: Snapshot
  readonly chains: readonly KnownChain[]
  readonly places: Places
  readonly coverage: Coverage
  readonly found: (finding: Finding) => void
}
