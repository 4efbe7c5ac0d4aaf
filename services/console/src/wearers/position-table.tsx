import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useLiveStore } from '../live/use-live.ts'
import { type PositionRow, positionRows } from './position-rows.ts'
import { useWearers } from './use-directory.ts'
import './position-table.css'

const columns = ['Wearer', 'Status', 'Last fix', 'Grid reference', 'Accuracy', 'Source', 'Battery'] as const
const rowHeight = 32
/** Ages in words change slowly, and a table that jumps every second cannot be read. */
const refreshMs = 5_000

export type PositionTableProps = {
  readonly selectedId: string | undefined
  readonly onSelect: (wearerId: string) => void
}

/** The map's twin: everything that it shows, as a table that can be read, searched and heard. */
export function PositionTable({ selectedId, onSelect }: PositionTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [search, setSearch] = useState('')
  const rows = useRows(search)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  })
  return (
    <div className="positions">
      <label className="positions-search">
        Name or reference
        <input type="search" value={search} onChange={event => setSearch(event.target.value)} />
        <span role="status">{rows.length} wearers</span>
      </label>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="positions-scroller" ref={scroller} tabIndex={0} aria-label="Positions">
        {/* biome-ignore lint/a11y/useSemanticElements: rows of a table element cannot be placed by a virtual list */}
        <div role="table" aria-label="Wearers and their positions" aria-rowcount={rows.length + 1}>
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: a row of headings has nothing to focus */}
          <div role="row" className="positions-row positions-head" aria-rowindex={1}>
            {columns.map(name => (
              <Heading key={name} name={name} />
            ))}
          </div>
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          <div role="rowgroup" className="positions-body" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const row = rows[index]
              if (row === undefined) return null
              const isSelected = row.wearerId === selectedId
              return (
                <Row key={row.key} row={row} index={index} start={start} isSelected={isSelected} onSelect={onSelect} />
              )
            })}
          </div>
        </div>
      </section>
    </div>
  )
}

function Heading({ name }: { readonly name: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see PositionTable
    // biome-ignore lint/a11y/useFocusableInteractive: a heading has nothing to do
    <span role="columnheader">{name}</span>
  )
}

type RowProps = {
  readonly row: PositionRow
  readonly index: number
  readonly start: number
  readonly isSelected: boolean
  readonly onSelect: (wearerId: string) => void
}

function Row({ row, index, start, isSelected, onSelect }: RowProps) {
  const cells = [row.status, row.age, row.gridReference, row.accuracy, row.source, row.battery]
  return (
    // biome-ignore lint/a11y/useSemanticElements: see PositionTable
    // biome-ignore lint/a11y/useFocusableInteractive: the button in the first cell is what is focused
    <div
      role="row"
      aria-rowindex={index + 2}
      className={`positions-row age-${row.ageClass} ${isSelected ? 'selected' : ''}`}
      style={{ transform: `translateY(${start}px)` }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see PositionTable */}
      <span role="cell">
        <button type="button" aria-current={isSelected} onClick={() => onSelect(row.wearerId)}>
          {row.name}
        </button>
      </span>
      {cells.map((cell, column) => (
        // biome-ignore lint/a11y/useSemanticElements: see PositionTable
        <span role="cell" key={columns[column + 1]}>
          {cell}
        </span>
      ))}
    </div>
  )
}

function useRows(search: string): readonly PositionRow[] {
  const store = useLiveStore()
  const wearers = useWearers()
  const [nowMs, setNowMs] = useState(store.nowMs)
  useEffect(() => {
    const timer = setInterval(() => setNowMs(store.nowMs()), refreshMs)
    return () => clearInterval(timer)
  }, [store])
  return useMemo(() => positionRows(store.tags, wearers, { search, nowMs }), [store, wearers, search, nowMs])
}
