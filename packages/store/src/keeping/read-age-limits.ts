import type { Queryable } from '../connection/store.ts'

const READ = {
  name: 'read-age-limits',
  text: `select what, days from retention_rules where what in ('audit', 'quarantine') and order_type = '*'`,
}
const DAY_MS = 86_400_000

/** Milliseconds for which audit entries and quarantined messages are kept. */
export async function readAgeLimits(
  database: Queryable,
): Promise<{ readonly auditMs: number; readonly quarantineMs: number }> {
  const rows = await database.query<{ readonly what: string; readonly days: number }>(READ)
  const msOf = (what: string) => (rows.find(row => row.what === what)?.days ?? Number.POSITIVE_INFINITY) * DAY_MS
  return { auditMs: msOf('audit'), quarantineMs: msOf('quarantine') }
}
