import type { Incident, LiveProvisional, ProvisionalAlert, ProvisionalState } from '@cordon/contract'

/** Every provisional alert that stands, of all ingests, with its JSON: written once for all clients who see everybody. */
export interface ProvisionalView extends ProvisionalState {
  readonly json: string
}

export interface ProvisionalBook {
  readonly heard: (message: LiveProvisional) => void
  /** An incident has come out of the log: what was provisional of it is no more. */
  recorded(incident: Pick<Incident, 'episodeId' | 'severity'>): void
  /** As it is now; the same object for as long as nothing changes. */
  view(): ProvisionalView
}

/**
 * An ingest says the whole of it every 2 s. One that has died says nothing, and what it had told stands: nobody else knows of it until
 * the database is back and the broker has sent its messages again. After this long it stands for nothing that is still so.
 */
const FORGET_MS = 3_600_000
/** What an ingest no longer says has been recorded a moment ago, and comes out of the log in the next one; or it is withdrawn. */
const LEAVING_MS = 4_000
/** So long may an ingest's word be on its way that it spoke before the record. */
const SETTLED_MS = 60_000

interface Said {
  readonly alerts: readonly ProvisionalAlert[]
  readonly leftOut: number
  readonly at: number
}

/** `elapsed`: milliseconds, by a clock that nobody can set. */
export function createProvisionalBook(elapsed: () => number): ProvisionalBook {
  const byIngest = new Map<string, Said>()
  const leaving = new Map<string, { readonly alert: ProvisionalAlert; readonly at: number }>()
  const settled = new Map<string, number>()
  let view = toView([], 0)

  const prune = (): void => {
    for (const [ingest, { at }] of byIngest) if (elapsed() - at > FORGET_MS) byIngest.delete(ingest)
    for (const [id, { at }] of leaving) if (elapsed() - at > LEAVING_MS) leaving.delete(id)
    for (const [id, at] of settled) if (elapsed() - at > SETTLED_MS) settled.delete(id)
  }
  const standing = (): readonly ProvisionalAlert[] => {
    const said = [...byIngest.values()].flatMap(({ alerts }) => alerts)
    const ids = new Set(said.map(({ episodeId }) => episodeId))
    const left = [...leaving.values()].flatMap(({ alert }) => (ids.has(alert.episodeId) ? [] : [alert]))
    return [...said, ...left].filter(({ episodeId }) => !settled.has(episodeId))
  }

  return {
    heard: ({ ingest, alerts, leftOut }) => {
      const now = new Set(alerts.map(({ episodeId }) => episodeId))
      for (const alert of byIngest.get(ingest)?.alerts ?? []) {
        if (!now.has(alert.episodeId)) leaving.set(alert.episodeId, { alert, at: elapsed() })
      }
      if (alerts.length === 0) byIngest.delete(ingest)
      else byIngest.set(ingest, { alerts, leftOut, at: elapsed() })
    },
    // What was on record as less than critical may be told of as critical: only as that is it settled.
    recorded: ({ episodeId, severity }) => {
      leaving.delete(episodeId)
      if (severity !== 'critical') return
      settled.set(episodeId, elapsed())
      for (const [ingest, said] of byIngest) {
        if (!said.alerts.some(alert => alert.episodeId === episodeId)) continue
        byIngest.set(ingest, { ...said, alerts: said.alerts.filter(alert => alert.episodeId !== episodeId) })
      }
    },
    view: () => {
      prune()
      const leftOut = [...byIngest.values()].reduce((sum, said) => sum + said.leftOut, 0)
      const next = toView(standing(), leftOut)
      if (next.json !== view.json) view = next
      return view
    },
  }
}

const toView = (items: readonly ProvisionalAlert[], leftOut: number): ProvisionalView => ({
  items: [...items],
  leftOut,
  json: JSON.stringify({ items, leftOut }),
})

/** What of it somebody sees who has these wearers; undefined sees everybody. */
export function provisionalFor(view: ProvisionalView, wearers: ReadonlySet<string> | undefined): string {
  if (wearers === undefined || view.items.length === 0) return view.json
  const items = view.items.filter(({ wearerId }) => wearers.has(wearerId))
  return JSON.stringify({ items, leftOut: view.leftOut })
}
