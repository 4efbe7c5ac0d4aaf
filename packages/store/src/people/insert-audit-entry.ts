import type { Queryable } from '../connection/store.ts'

const INSERT = {
  name: 'insert-audit-entry',
  text: 'insert into audit_entries (who, what, wearer_id, detail) values ($1, $2, $3, $4)',
}

export interface NewAuditEntry {
  /** Account name. */
  readonly who: string
  /** `read-track`, `create-zone`, `incident-close`, … */
  readonly what: string
  readonly wearerId?: string | undefined
  readonly detail?: Readonly<Record<string, unknown>>
}

export async function insertAuditEntry(database: Queryable, entry: NewAuditEntry): Promise<void> {
  const { who, what, wearerId, detail = {} } = entry
  await database.query(INSERT, [who, what, wearerId ?? null, JSON.stringify(detail)])
}
