import type { Incident } from '@cordon/contract'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { LateGroupRow } from './late-group-row.tsx'
import type { QueueLine } from './late-groups.ts'
import { QueueRow } from './queue-row.tsx'

export type QueueListProps = {
  readonly lines: readonly QueueLine[]
  readonly selectedId: string | undefined
  readonly nowMs: number
  readonly onSelect: (incident: Incident) => void
  /** A group of late incidents is opened or closed. */
  readonly onToggle: (key: string) => void
  /** A row that the keyboard asked for: it is scrolled to and given the focus. A new object asks again. */
  readonly focusRequest: { readonly id: string } | undefined
}

/** Pixels of a row of three lines; rows are measured once they are drawn. */
const rowHeight = 80

/** Only the rows in sight are in the page: 2,000 incidents scroll like twenty. */
export function QueueList({ lines, selectedId, nowMs, onSelect, onToggle, focusRequest }: QueueListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: index => keyOf(lines[index]) ?? index,
    overscan: 6,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a request is honoured once, not again when the rows change
  useEffect(() => {
    if (focusRequest === undefined) return
    rows.scrollToIndex(lines.findIndex(line => keyOf(line) === focusRequest.id))
    const frame = requestAnimationFrame(() => focusRow(scroller.current, focusRequest.id))
    return () => cancelAnimationFrame(frame)
  }, [focusRequest])
  return (
    <div className="queue-scroller" ref={scroller}>
      <ul className="queue-rows" aria-label="Incidents" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index]
          if (line === undefined) return null
          return (
            <li
              key={key}
              ref={rows.measureElement}
              className={line.type === 'incident' && line.isGrouped ? 'queue-item queue-in-group' : 'queue-item'}
              data-index={index}
              aria-posinset={index + 1}
              aria-setsize={lines.length}
              style={{ transform: `translateY(${start}px)` }}
            >
              {line.type === 'group' ? (
                <LateGroupRow group={line.group} isOpen={line.isOpen} nowMs={nowMs} onToggle={onToggle} />
              ) : (
                <QueueRow
                  incident={line.incident}
                  isSelected={line.incident.id === selectedId}
                  nowMs={nowMs}
                  onSelect={onSelect}
                />
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

const keyOf = (line: QueueLine | undefined): string | undefined =>
  line?.type === 'group' ? line.group.key : line?.incident.id

function focusRow(scroller: HTMLElement | null, id: string): void {
  scroller?.querySelector<HTMLElement>(`[data-incident="${CSS.escape(id)}"]`)?.focus()
}
