import type { Lifecycle, Logger } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import type { RunningBroker } from '../stack/start-broker.ts'
import type { DatabaseServer } from './archiving-server.ts'
import type { Digest } from './digest.ts'
import type { Role } from './tell-story.ts'

export const DATABASE = 'cordon_rehearsal'
export const BEFORE_S = 40
/** Of six wearers three enter before the instant that is restored and one after it; two never do. */
export const ENTRIES: readonly (number | null)[] = [10, 10, 14, 30, null, null]
export const INSTANT_AT_S = 26

export interface RehearsalParts {
  readonly lifecycle: Lifecycle
  readonly logger: Logger
  /** Downloads, data, backup and archive. */
  readonly dir: string
  readonly say: (line: string) => void
}

export interface Scene {
  readonly broker: RunningBroker
  readonly roles: readonly Role[]
  readonly first: DatabaseServer
  readonly archive: string
  readonly backup: string
}

export interface Lost {
  /** The instant to be restored, as the database writes it. */
  readonly instant: string
  readonly writtenBefore: Digest
  readonly fixes: number
}

export const named = (url: string, database: string): string =>
  Object.assign(new URL(url), { pathname: `/${database}` }).href

export async function countFixes(store: Store): Promise<number> {
  const [row] = await store.query<{ readonly count: number }>('select count(*)::int as count from fixes')
  return row?.count ?? 0
}
