import { boundLabel, Counter, createDenseHistogram, type Registry, registerGauges, type Tracer } from '@cordon/runtime'
import { DatabaseError } from 'pg'
import type { PoolState } from './store.ts'

/** Runs one statement, of this name if it has one, and notes how long it took and how it failed. */
export type StatementMeter = <T>(name: string | undefined, run: () => Promise<T>) => Promise<T>

export const unmetered: StatementMeter = (_name, run) => run()

/** Seconds. Statements travel together, so each of a batch takes about as long as its slowest. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30]
/** The store has some 120 statements. */
const MAX_NAMES = 250
/** What has no name is written where it is used: a `select 1`, a migration. */
const UNNAMED = 'unnamed'

/** Durations, counts and errors of all statements of a process, and a span for each while traces are on. */
export function createStatementMeter(registry: Registry, tracer: Tracer): StatementMeter {
  const durations = createDenseHistogram({
    registry,
    name: 'cordon_database_statement_seconds',
    help: 'From sending a statement to its answer, waiting for a connection included',
    buckets: BUCKETS,
  })
  const counter = <Label extends string>(name: string, help: string, label: Label) =>
    new Counter({ name, help, labelNames: [label], registers: [registry] })
  const count = counter('cordon_database_statements_total', 'Statements sent, failed ones included', 'statement')
  const seconds = counter('cordon_database_statement_seconds_total', 'Time that statements took, added up', 'statement')
  const errors = counter(
    'cordon_database_errors_total',
    'Statements that failed, by SQLSTATE class (PostgreSQL, appendix A); none: the connection failed',
    'class',
  )
  const bound = boundLabel(MAX_NAMES)
  const measure: StatementMeter = async (name = UNNAMED, run) => {
    const statement = bound(name)
    const begunAt = performance.now()
    try {
      return await run()
    } catch (error) {
      errors.inc({ class: errorClass(error) })
      throw error
    } finally {
      const took = (performance.now() - begunAt) / 1_000
      durations.observe(took)
      count.inc({ statement })
      seconds.inc({ statement }, took)
    }
  }
  if (!tracer.isOn) return measure
  return (name = UNNAMED, run) => tracer.span(`sql ${name}`, () => measure(name, run))
}

/** The first two characters of the SQLSTATE: of which PostgreSQL has 43. */
const errorClass = (error: unknown): string =>
  error instanceof DatabaseError && error.code !== undefined ? error.code.slice(0, 2) : 'none'

/** Connections of a process to the database, read at the scrape. */
export function registerPoolMetrics(registry: Registry, { pool }: { readonly pool: () => PoolState }): void {
  registerGauges(registry, {
    cordon_database_pool_connections: ['Connections that are open', () => pool().open],
    cordon_database_pool_idle: ['Connections that are open and do nothing', () => pool().idle],
    cordon_database_pool_waiting: ['Pieces of work that wait for a connection', () => pool().waiting],
    cordon_database_pool_limit: ['Connections that may be open', () => pool().limit],
  })
}
