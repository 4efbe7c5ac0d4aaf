import type { Store } from '@cordon/store'
import type { Stack } from '../stack/start-stack.ts'
import type { CatchUp } from './catch-up.ts'

export interface CatchUpFigures {
  /** Seconds after ingest was told to start. `live`: from then on every live fix was committed within two seconds. */
  readonly seconds: {
    readonly ready: number
    readonly lastOfOutage: number
    readonly live: number
    readonly judged: number
    readonly firstLiveIncident: number
    readonly lastLateIncident: number
  }
  /** Fixes of the outage committed a second, between the first and the last of them; NaN when they came in one transaction. */
  readonly perSecond: number
  readonly fixes: number
  readonly doubled: number
  readonly incidents: readonly IncidentRow[]
}

export interface IncidentRow {
  readonly id: string
  readonly tag: string
  readonly late: boolean
  readonly isOver: boolean
  readonly happenedAt: number
  readonly raisedAt: number
}

const PROMPT_MS = 2_000

export async function isCaughtUp({ store, services }: Stack, fixes: number): Promise<boolean> {
  const [row] = await store.query<{ n: number }>('select count(*)::int as n from fixes')
  if ((row?.n ?? 0) < fixes) return false
  return /^cordon_late_stretches(?:\{[^}]*\})? 0$/m.test(await services.metrics('ingest'))
}

/** The database's own account of the commits, and what it holds. */
export async function readCatchUp(store: Store, run: CatchUp): Promise<CatchUpFigures> {
  const { startedAt, readyAt, judgedAt } = run
  const [commits] = await store.query<{
    first: number
    last: number
    fixes: number
    distinct: number
    tardy: number | null
  }>(
    `select min(at) filter (where measured_at < $1) as first, max(at) filter (where measured_at < $1) as last,
            count(*)::int as fixes, count(distinct (activation_id, seq))::int as distinct,
            max(measured_at) filter (where measured_at >= $1 and at - measured_at > $2 * interval '1 ms') as tardy
       from (select pg_xact_commit_timestamp(xmin) as at, measured_at, activation_id, seq from fixes) as fix`,
    [new Date(startedAt), PROMPT_MS],
  )
  const incidents = await readIncidents(store)
  const since = (at: number) => (at - startedAt) / 1_000
  const [first, last] = [commits?.first ?? Number.NaN, commits?.last ?? Number.NaN]
  const raised = (late: boolean) => incidents.filter(incident => incident.late === late).map(({ raisedAt }) => raisedAt)
  return {
    seconds: {
      ready: since(readyAt),
      lastOfOutage: since(last),
      live: since(commits?.tardy ?? startedAt),
      judged: since(judgedAt),
      firstLiveIncident: since(Math.min(...raised(false))),
      lastLateIncident: since(Math.max(...raised(true))),
    },
    perSecond: last > first ? (run.stored * 1_000) / (last - first) : Number.NaN,
    fixes: commits?.fixes ?? 0,
    doubled: (commits?.fixes ?? 0) - (commits?.distinct ?? 0),
    incidents,
  }
}

const readIncidents = (store: Store): Promise<readonly IncidentRow[]> =>
  store.query<IncidentRow>(
    `select incidents.id::text as id, tag_id as tag, late, ended_at is not null as "isOver",
            happened_at as "happenedAt", raised_at as "raisedAt"
       from incidents join activations on activations.id = activation_id order by incidents.id`,
  )
