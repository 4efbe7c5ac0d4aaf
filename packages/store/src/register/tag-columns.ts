import { instant } from '../paging/select.ts'

/** Of a revoked account at the broker; null of others. */
export const revocationOf = (table: string): string => `
  ${instant(`${table}.revoked_at`)} as "revokedAt", ${table}.revoked_by as "revokedBy",
  ${table}.revoked_reason as "revokedReason"`

export const TAG = `
  t.id, t.model, t.protocol, t.credentials, ${instant('t.credentials_at')} as "credentialsAt",
  ${revocationOf('t')}, ${instant('t.created_at')} as "createdAt"`
