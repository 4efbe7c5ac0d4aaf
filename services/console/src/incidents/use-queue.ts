import type { Incident } from '@cordon/contract'
import { useMemo, useRef } from 'react'
import type { IncidentBook } from './incident-book.ts'
import { belongsTo, compareIncidents, type FrozenQueue, freezeQueue, type QueueTab, queueTabs } from './queue-order.ts'

export type TabCounts = Readonly<Record<QueueTab, number>>

export function useTabCounts(book: IncidentBook, account: string): TabCounts {
  return useMemo(() => {
    const incidents = [...book.byId.values()]
    const count = (tab: QueueTab) => incidents.filter(incident => belongsTo(tab, incident, account)).length
    return Object.fromEntries(queueTabs.map(tab => [tab, count(tab)])) as Record<QueueTab, number>
  }, [book, account])
}

export type QueueQuestion = {
  readonly book: IncidentBook
  readonly tab: QueueTab
  readonly account: string
  readonly isFrozen: boolean
  readonly activeId: string | undefined
}

/** The rows of a tab in their order: sorted anew on every change, or held still while frozen. */
export function useQueue({ book, tab, account, isFrozen, activeId }: QueueQuestion): FrozenQueue {
  const shown = useRef<{ readonly tab: QueueTab; readonly ids: readonly string[] }>({ tab, ids: [] })
  const sorted = useMemo(() => sortTab(book, tab, account), [book, tab, account])
  const holdsStill = isFrozen && shown.current.tab === tab
  const queue = holdsStill ? freezeQueue(shown.current.ids, sorted, activeId) : { incidents: sorted, newAbove: 0 }
  shown.current = { tab, ids: queue.incidents.map(({ id }) => id) }
  return queue
}

function sortTab(book: IncidentBook, tab: QueueTab, account: string): Incident[] {
  return [...book.byId.values()].filter(incident => belongsTo(tab, incident, account)).toSorted(compareIncidents)
}
