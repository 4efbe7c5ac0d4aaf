import { SEVERITIES, type Severity } from '@cordon/contract'
import { type Clock, Gauge, type Registry, withTimeout } from '@cordon/runtime'
import { countOpenIncidents, INCIDENT_AGES, type OpenIncidents, type Queryable } from '@cordon/store'

export interface OpenIncidentParts {
  readonly database: Queryable
  readonly clock: Clock
}

/** However many ask, and however often: the database is asked once in this time. */
const KEPT_MS = 15_000
/** A scrape gives up after 10 s by default; without an answer of the database it shall still bring all else. */
const ASK_MS = 2_000

/**
 * What is open, by severity and age, and how long the oldest has been waiting for somebody. Every gateway says the same: take the
 * greatest. While the database does not answer there are no samples, rather than old ones.
 */
export function registerOpenIncidents(registry: Registry, { database, clock }: OpenIncidentParts): void {
  const read = keep(() => withTimeout('counting open incidents', ASK_MS, () => countOpenIncidents(database)), clock)
  const register = (
    name: string,
    help: string,
    labelNames: string[],
    tell: (gauge: Gauge, counts: OpenIncidents) => void,
  ) =>
    new Gauge({
      ...{ name, help, labelNames, registers: [registry] },
      async collect() {
        const counts = await read()
        this.reset()
        if (counts !== undefined) for (const severity of SEVERITIES) tell(this, of(counts, severity))
      },
    })
  register(
    'cordon_incidents_open',
    'Incidents that are not closed, by the time since they were raised',
    ['severity', 'age'],
    (gauge, { severity, byAge }) => {
      for (const [place, [age]] of INCIDENT_AGES.entries()) gauge.set({ severity, age }, byAge[place] ?? 0)
    },
  )
  const bySeverity = (name: string, help: string, value: (counts: OpenIncidents) => number) =>
    register(name, help, ['severity'], (gauge, counts) => gauge.set({ severity: counts.severity }, value(counts)))
  bySeverity('cordon_incidents_unowned', 'Incidents that are open and that nobody has taken', ({ unowned }) => unowned)
  bySeverity(
    'cordon_incidents_unowned_oldest_seconds',
    'How long the oldest of those has been waiting; 0 when there is none',
    ({ oldestUnownedSeconds }) => oldestUnownedSeconds,
  )
}

const of = (counts: readonly OpenIncidents[], severity: Severity): OpenIncidents =>
  counts.find(count => count.severity === severity) ?? { severity, byAge: [], unowned: 0, oldestUnownedSeconds: 0 }

/** An answer, or its failure, stands for a while. */
function keep(ask: () => Promise<readonly OpenIncidents[]>, clock: Clock) {
  let at = -Infinity
  let kept: Promise<readonly OpenIncidents[] | undefined> = Promise.resolve(undefined)
  return () => {
    if (Math.abs(clock.now() - at) >= KEPT_MS) {
      at = clock.now()
      kept = ask().catch(() => undefined)
    }
    return kept
  }
}
