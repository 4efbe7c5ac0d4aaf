import type { Severity } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

/** Since it was raised, the youngest first; each with the seconds below which an incident belongs to it. */
export const INCIDENT_AGES = [
  ['5m', 300],
  ['15m', 900],
  ['1h', 3_600],
  ['1d', 86_400],
  ['older', Infinity],
] as const

export interface OpenIncidents {
  readonly severity: Severity
  /** How many are of each age, in the order of `INCIDENT_AGES`. */
  readonly byAge: readonly number[]
  /** Of those that nobody has taken. */
  readonly unowned: number
  /** Seconds since the oldest of those was raised; 0 when each has an owner. */
  readonly oldestUnownedSeconds: number
}

// Read through the partial index incidents_open, so what is closed costs nothing. width_bucket puts an age into its place.
const COUNT = {
  name: 'count-open-incidents',
  text: `select severity, width_bucket(age, $1::float8[]) as place, count(*)::int as count,
                (count(*) filter (where owner is null))::int as unowned,
                coalesce(max(age) filter (where owner is null), 0) as oldest
           from (select severity, owner, greatest(0, extract(epoch from now() - raised_at))::float8 as age
                   from incidents where state <> 'closed') open
          group by severity, place`,
}

interface Row {
  readonly severity: Severity
  readonly place: number
  readonly count: number
  readonly unowned: number
  readonly oldest: number
}

/** Open incidents by severity; a severity that none has is left out. */
export async function countOpenIncidents(database: Queryable): Promise<readonly OpenIncidents[]> {
  const bounds = INCIDENT_AGES.flatMap(([, below]) => (Number.isFinite(below) ? [below] : []))
  const rows = await database.query<Row>(COUNT, [bounds])
  return [...new Set(rows.map(({ severity }) => severity))].map(severity => {
    const own = rows.filter(row => row.severity === severity)
    return {
      severity,
      byAge: INCIDENT_AGES.map((_, place) => own.find(row => row.place === place)?.count ?? 0),
      unowned: own.reduce((sum, { unowned }) => sum + unowned, 0),
      oldestUnownedSeconds: Math.max(...own.map(({ oldest }) => oldest)),
    }
  })
}
