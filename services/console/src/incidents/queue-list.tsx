import type { Incident } from '@cordon/contract'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { QueueRow } from './queue-row.tsx'

export type QueueListProps = {
  readonly incidents: readonly Incident[]
  readonly selectedId: string | undefined
  readonly nowMs: number
  readonly onSelect: (incident: Incident) => void
  /** A row that the keyboard asked for: it is scrolled to and given the focus. A new object asks again. */
  readonly focusRequest: { readonly id: string } | undefined
}

/** Pixels of a row of three lines; rows are measured once they are drawn. */
const rowHeight = 80

/** Only the rows in sight are in the page: 2,000 incidents scroll like twenty. */
export function QueueList({ incidents, selectedId, nowMs, onSelect, focusRequest }: QueueListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: incidents.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: index => incidents[index]?.id ?? index,
    overscan: 6,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a request is honoured once, not again when the rows change
  useEffect(() => {
    if (focusRequest === undefined) return
    rows.scrollToIndex(incidents.findIndex(({ id }) => id === focusRequest.id))
    const frame = requestAnimationFrame(() => focusRow(scroller.current, focusRequest.id))
    return () => cancelAnimationFrame(frame)
  }, [focusRequest])
  return (
    <div className="queue-scroller" ref={scroller}>
      <ul className="queue-rows" aria-label="Incidents" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const incident = incidents[index]
          if (incident === undefined) return null
          return (
            <li
              key={key}
              ref={rows.measureElement}
              className="queue-item"
              data-index={index}
              aria-posinset={index + 1}
              aria-setsize={incidents.length}
              style={{ transform: `translateY(${start}px)` }}
            >
              <QueueRow incident={incident} isSelected={incident.id === selectedId} nowMs={nowMs} onSelect={onSelect} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function focusRow(scroller: HTMLElement | null, id: string): void {
  scroller?.querySelector<HTMLElement>(`[data-incident="${CSS.escape(id)}"]`)?.focus()
}
