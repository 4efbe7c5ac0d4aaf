import { insertAuditEntry, type Queryable } from '@cordon/store'
import type { Viewer } from '../sign-in/viewer.ts'

export interface Deed {
  /** `read-track`, `create-zone`, `incident-close`, … */
  readonly what: string
  readonly wearerId?: string | undefined
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Who did or saw what. Waited for before the answer goes out: what cannot be recorded is not shown. */
export async function record(database: Queryable, viewer: Viewer, deed: Deed): Promise<void> {
  await insertAuditEntry(database, { who: viewer.name, ...deed })
}
